package io.faultline.decider;

import io.faultline.app.AppMain;

/** Runs the decider as a process of its own. */
public final class Main {

  private Main() {}

  /** Runs until told to end; see {@link AppMain#run} for arguments and exit codes. */
  public static void main(String[] args) {
    AppMain.run(
        args,
        reader -> {
          DeciderSettings settings = DeciderSettings.read(reader);
          reader.refuseUnknown();
          return new DeciderApp(settings);
        });
  }
}
