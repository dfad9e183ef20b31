package io.faultline.server;

import io.faultline.server.submit.Outbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A server in a JVM of its own, to be killed; or one that dies by itself, as by kill -9, at a step
 * of its first submit.
 */
final class DyingServer implements AutoCloseable {

  static final int EXIT = 137;

  final Process process;
  private final BufferedReader out;
  final String url;

  /** Starts one on a database of these parts; it answers when this returns. */
  DyingServer(String database, String deadlyStep) throws IOException {
    TestParts parts = TestParts.get();
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                // where a killed one leaves its libraries
                "-Djava.io.tmpdir=" + Path.of("target").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                DyingServer.class.getName(),
                database,
                parts.kafka.bootstrapServers(),
                parts.registry.url(),
                deadlyStep)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    out = process.inputReader(StandardCharsets.UTF_8);
    try {
      url = awaitUrl();
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private String awaitUrl() throws IOException {
    String line;
    while ((line = out.readLine()) != null) {
      if (line.startsWith("URL ")) {
        return line.substring(4);
      }
    }
    throw new IllegalStateException("the server ended before it was ready");
  }

  /** As kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    out.close();
  }

  /** With the addresses of PostgreSQL, Kafka and registry, and the step at which to die if any. */
  public static void main(String[] args) {
    ServerApp app =
        new ServerApp(
            TestParts.settings(args[0], args[1], args[2]),
            (Outbox.Step step) -> {
              if (step.name().equals(args[3])) {
                Runtime.getRuntime().halt(EXIT);
              }
            });
    app.start();
    RunningServer.awaitReady(app);
    System.out.println("URL " + app.url());
    System.out.flush();
  }
}
