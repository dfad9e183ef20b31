package io.faultline.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry (Apicurio, by its Confluent-compatible API) in a JVM of its own, on a folder.
 * It listens on 127.0.0.1 only, and asks every subject for {@code BACKWARD_TRANSITIVE}.
 *
 * <p>What it has registered, with its ids, is on the disk when it answers, and is found again after
 * kill -9. Its process ends with this JVM, however that ends.
 */
public final class EmbeddedRegistry implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedRegistry.class);
  private static final Duration START_WITHIN = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int CALL_MILLIS = 5_000;

  private final Path folder;
  private final TemporaryPart temporary;
  private final int port;
  private Process process;

  private EmbeddedRegistry(Path folder, int wantedPort, boolean deleteFolder) {
    this.folder = Folders.create(folder);
    endLeftOver();
    this.port = new RememberedPorts(this.folder).choose("registry", wantedPort);
    this.temporary = new TemporaryPart(deleteFolder ? this.folder : null, this::stop);
  }

  /** Starts a registry on a folder of its own that goes when it is closed. For tests. */
  public static EmbeddedRegistry temporary() {
    return started(new EmbeddedRegistry(Folders.temporary("registry"), 0, true));
  }

  /** Starts a registry on this folder, with the port of its last start or a free one. */
  public static EmbeddedRegistry start(Path folder) {
    return start(folder, 0);
  }

  /**
   * Starts a registry on this folder.
   *
   * @param port where it listens; 0 for the port of its last start, or a free one
   * @throws IllegalStateException where the port is in use
   */
  public static EmbeddedRegistry start(Path folder, int port) {
    return started(new EmbeddedRegistry(folder, port, false));
  }

  private static EmbeddedRegistry started(EmbeddedRegistry registry) {
    registry.start();
    return registry;
  }

  /** What clients need as {@code schema.registry.url}. */
  public String url() {
    return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** Starts it again after {@link #stop} or {@link #kill}, on the same port; it then answers. */
  public synchronized void start() {
    if (process != null && process.isAlive()) {
      return;
    }
    Ports.requireFree(port, "the schema registry");
    try {
      process = RegistryCommand.of(folder, port).start();
      ProcessMark.of(process.toHandle()).write(markFile());
    } catch (IOException e) {
      throw new UncheckedIOException("the schema registry did not start: " + e.getMessage(), e);
    }
    awaitAnswer();
    log.atInfo().setMessage("the schema registry is up").addKeyValue("url", url()).log();
  }

  /** Stops it; what it has registered stays. */
  public synchronized void stop() {
    end(Process::destroy);
  }

  /** Kills it as kill -9 does. For tests. */
  public synchronized void kill() {
    end(Process::destroyForcibly);
  }

  @Override
  public void close() {
    temporary.close();
  }

  private interface Ending {
    void end(Process process);
  }

  private void end(Ending how) {
    if (process == null) {
      return;
    }
    how.end(process);
    if (!ProcessMark.awaitEnd(process, Duration.ofSeconds(10))) {
      process.destroyForcibly();
      ProcessMark.awaitEnd(process, Duration.ofSeconds(10));
    }
    process = null;
  }

  /** One that hangs and didn't notice the end of its JVM; the usual one is gone by itself. */
  private void endLeftOver() {
    ProcessMark.read(markFile())
        .flatMap(ProcessMark::alive)
        .filter(p -> p.info().commandLine().orElse("").contains(RegistryChild.class.getName()))
        .ifPresent(
            p -> {
              log.atWarn()
                  .setMessage("a registry of an earlier run is still on this folder, ending it")
                  .addKeyValue("pid", p.pid())
                  .addKeyValue("folder", folder)
                  .log();
              p.destroyForcibly();
              ProcessMark.awaitEnd(p, Duration.ofSeconds(10));
            });
  }

  private void awaitAnswer() {
    Instant end = Instant.now().plus(START_WITHIN);
    while (true) {
      if (setCompatibility()) {
        return;
      }
      if (!process.isAlive() || Instant.now().isAfter(end)) {
        kill();
        throw new IllegalStateException(
            "the schema registry did not start; the end of its log "
                + RegistryCommand.logFile(folder)
                + ":\n"
                + Folders.tail(RegistryCommand.logFile(folder), 15));
      }
      try {
        Thread.sleep(POLL.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        kill();
        throw new IllegalStateException("interrupted while the schema registry was starting", e);
      }
    }
  }

  /** Sets the rule for all subjects, which is NONE at first; false while nobody answers. */
  private boolean setCompatibility() {
    try {
      HttpURLConnection call =
          (HttpURLConnection) new URI(url() + "/config").toURL().openConnection();
      call.setConnectTimeout(CALL_MILLIS);
      call.setReadTimeout(CALL_MILLIS);
      call.setRequestMethod("PUT");
      call.setDoOutput(true);
      call.setRequestProperty("Content-Type", "application/vnd.schemaregistry.v1+json");
      call.getOutputStream()
          .write("{\"compatibility\":\"BACKWARD_TRANSITIVE\"}".getBytes(StandardCharsets.UTF_8));
      boolean answered = call.getResponseCode() == 200;
      call.disconnect();
      return answered;
    } catch (IOException notYet) {
      return false;
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path markFile() {
    return folder.resolve("process");
  }
}
