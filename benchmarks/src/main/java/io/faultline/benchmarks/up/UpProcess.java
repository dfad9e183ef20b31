package io.faultline.benchmarks.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code ./faultline up} on a folder, and calls to its server. */
public final class UpProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path folder;
  private final Path client;
  private final int port;
  private final Process process;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

  /** Starts it; it is not up yet. */
  public UpProcess(Path folder) throws IOException {
    this.folder = folder;
    client = folder.resolve("client.properties");
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    process =
        command("up", "--data", folder.resolve("data").toString(), "--port", Integer.toString(port))
            .redirectOutput(folder.resolve("up.log").toFile())
            .redirectErrorStream(true)
            .start();
  }

  /** Whether the server answers a request of the API. */
  boolean answers() throws IOException, InterruptedException {
    if (!process.isAlive()) {
      throw new IllegalStateException("up has ended: " + folder.resolve("up.log"));
    }
    Path token = folder.resolve("data").resolve("token");
    if (!Files.exists(token)) {
      return false;
    }
    try {
      return send(request("/api/v1/jobs", Files.readString(token).strip()).build()).statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Waits until everything is ready. */
  public void awaitUp() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(client)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException("it is not up: " + folder.resolve("up.log"));
      }
      Thread.sleep(20);
    }
  }

  /** A command beside it; it must end well. */
  public void run(String... args) throws IOException, InterruptedException {
    Path said = folder.resolve("command.log");
    Process command = command(args).redirectOutput(said.toFile()).redirectErrorStream(true).start();
    if (command.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", args) + ": " + Files.readString(said));
    }
  }

  /** The answer to a GET. */
  JsonNode get(String path) throws IOException, InterruptedException {
    return json(send(request(path, token()).build()));
  }

  /** The answer to a POST of JSON. */
  JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    return json(
        send(
            request(path, token())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build()));
  }

  /**
   * The memory of the process and all that come from it, in MiB: the proportional set size, which
   * counts shared pages once.
   */
  long memoryMib() {
    long kib =
        Stream.concat(Stream.of(process.toHandle()), process.descendants())
            .mapToLong(UpProcess::proportionalKib)
            .sum();
    return kib / 1024;
  }

  private static long proportionalKib(ProcessHandle process) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException | UncheckedIOException gone) {
      return 0;
    }
  }

  private ProcessBuilder command(String... args) {
    Path home = Path.of(System.getProperty("faultline.home", "."));
    ProcessBuilder builder = new ProcessBuilder(home.resolve("faultline").toString());
    builder.command().addAll(List.of(args));
    builder.environment().put("FAULTLINE_CONFIG", client.toString());
    return builder;
  }

  private String token() throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(Files.readString(client)));
    return properties.getProperty("token");
  }

  private HttpRequest.Builder request(String path, String token) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    if (response.statusCode() >= 300) {
      throw new IOException(response.statusCode() + ": " + response.body());
    }
    return new JsonMapper().readTree(response.body());
  }

  /** Ends it as Ctrl-C does. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
