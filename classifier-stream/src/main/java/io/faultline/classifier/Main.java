package io.faultline.classifier;

import io.faultline.app.AppMain;

/** Runs the classifier as a process of its own. */
public final class Main {

  private Main() {}

  /** Runs until told to end; see {@link AppMain#run} for arguments and exit codes. */
  public static void main(String[] args) {
    AppMain.run(
        args,
        reader -> {
          ClassifierSettings settings = ClassifierSettings.read(reader);
          reader.refuseUnknown();
          return new ClassifierApp(settings);
        });
  }
}
