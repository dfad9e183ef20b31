package io.faultline.ingester;

import io.faultline.app.AppMain;

/** Runs the ingester as a process of its own. */
public final class Main {

  private Main() {}

  /** Arguments: {@code [--settings FILE] [--set KEY=VALUE]…}. */
  public static void main(String[] args) {
    AppMain.run(args, reader -> new IngesterApp(IngesterSettings.read(reader)));
  }
}
