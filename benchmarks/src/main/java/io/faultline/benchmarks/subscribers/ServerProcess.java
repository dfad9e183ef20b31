package io.faultline.benchmarks.subscribers;

import io.faultline.server.Main;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The server as a process of its own, so that its processor time is its own. */
final class ServerProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path log;
  private final Process process;
  private final int port;

  /**
   * Starts it; it is ready when this returns.
   *
   * @param heapMib the most that its heap may take
   */
  ServerProcess(Path folder, int heapMib, Map<String, String> settings)
      throws IOException, InterruptedException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMib + "m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--set",
                "http.port=" + port));
    settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    log = folder.resolve("server.log");
    process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      awaitReady();
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest ready =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz")).build();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!answers(http, ready)) {
      check();
      if (System.nanoTime() > deadline) {
        throw new IOException("the server is not ready; its log: " + Files.readString(log));
      }
      Thread.sleep(50);
    }
  }

  private static boolean answers(HttpClient http, HttpRequest ready) throws InterruptedException {
    try {
      return http.send(ready, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  int port() {
    return port;
  }

  /** Fails where it has ended by itself. */
  void check() throws IOException {
    if (!process.isAlive()) {
      throw new IOException("the server has ended; its log: " + Files.readString(log));
    }
  }

  /** The processor time it has taken so far, in seconds. */
  double cpuSeconds() {
    return process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
  }

  /** A number of the process's status, such as {@code VmRSS} in kB or {@code Threads}. */
  long status(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith(key + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
