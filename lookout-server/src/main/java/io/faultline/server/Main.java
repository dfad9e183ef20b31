package io.faultline.server;

import io.faultline.app.AppMain;

/** Runs the server as a process of its own. */
public final class Main {

  private Main() {}

  /** With {@code --settings FILE} and {@code --set KEY=VALUE}. */
  public static void main(String[] args) {
    AppMain.run(args, reader -> new ServerApp(ServerSettings.read(reader)));
  }
}
