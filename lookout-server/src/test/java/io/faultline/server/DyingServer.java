package io.faultline.server;

import io.faultline.server.submit.Outbox;

/** A server in a JVM of its own that dies, as by kill -9, at a step of its first submit. */
final class DyingServer {

  static final int EXIT = 137;

  private DyingServer() {}

  /** With the addresses of PostgreSQL, Kafka and registry, and the step at which to die. */
  public static void main(String[] args) {
    Outbox.Step deadly = Outbox.Step.valueOf(args[3]);
    ServerApp app =
        new ServerApp(
            TestParts.settings(args[0], args[1], args[2]),
            step -> {
              if (step == deadly) {
                Runtime.getRuntime().halt(EXIT);
              }
            });
    app.start();
    RunningServer.awaitReady(app);
    System.out.println("URL " + app.url());
    System.out.flush();
  }
}
