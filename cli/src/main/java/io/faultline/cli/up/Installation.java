package io.faultline.cli.up;

import io.faultline.app.App;
import io.faultline.embedded.DataFolder;
import io.faultline.embedded.EmbeddedKafka;
import io.faultline.embedded.EmbeddedPostgres;
import io.faultline.embedded.EmbeddedRegistry;
import io.faultline.embedded.Ports;
import io.faultline.schemas.TopicAdmin;
import io.faultline.server.ServerApp;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;

/**
 * Everything on one data folder: the embedded parts, then the services. The parts start side by
 * side, then the services do; what was started is closed in reverse, also when a later one fails.
 */
final class Installation implements AutoCloseable {

  /** How long all services together may take to be ready, in seconds. */
  private static final long PATIENCE_SECONDS = 120;

  private static final int PARTITIONS = 4;
  private static final int KAFKA_PORT = 9092;
  private static final int POSTGRES_PORT = 5432;
  private static final int REGISTRY_PORT = 8081;

  private final Progress progress;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final DataFolder folder;
  private final boolean usualPorts;
  private final String token;
  private String serverUrl = "";
  private Services.Endpoints parts = new Services.Endpoints("", "", "");

  /**
   * Takes the folder.
   *
   * @throws IllegalStateException where another process holds it; the message names its pid
   */
  Installation(Path data, Progress progress) {
    this(DataFolder.open(data), true, progress);
  }

  private Installation(DataFolder folder, boolean usualPorts, Progress progress) {
    this.folder = folder;
    this.usualPorts = usualPorts;
    this.progress = progress;
    started.push(folder);
    token = Secrets.token(folder.part("token"));
  }

  /** On a folder that goes when it is closed, with free ports and never the usual ones. */
  static Installation temporary(Progress progress) {
    return new Installation(DataFolder.temporary(), false, progress);
  }

  /**
   * Starts it all and returns when everything is ready.
   *
   * @param serverPort where the server listens; it must be free
   * @param jobs the executor's settings that say where jobs run, and the decider's that were given
   */
  void start(int serverPort, Map<String, String> jobs) throws InterruptedException {
    parts = startParts();
    Services services = new Services(parts, token, folder.path(), jobs);
    // the server first: its migrations and the publisher of resources are what others wait for
    ServerApp server = services.server(serverPort);
    together(
        List.of(
            () -> started(server, server::url),
            () -> started(services.classifier()),
            () -> started(services.decider()),
            () -> started(services.ingester()),
            () -> started(services.executor())));
    serverUrl = server.url();
  }

  /** Where the server answers. */
  String serverUrl() {
    return serverUrl;
  }

  /** The embedded Kafka's {@code bootstrap.servers}. */
  String kafka() {
    return parts.kafka();
  }

  /** Where the embedded schema registry answers, with the path of Confluent's REST API. */
  String registry() {
    return parts.registry();
  }

  /** The token for everything. */
  String token() {
    return token;
  }

  /** The folder it is on. */
  Path data() {
    return folder.path();
  }

  @Override
  public void close() {
    while (!started.isEmpty()) {
      AutoCloseable next = started.pop();
      try {
        next.close();
      } catch (Exception e) {
        progress.say("could not be closed cleanly: " + e.getMessage());
      }
    }
  }

  private Services.Endpoints startParts() throws InterruptedException {
    List<EmbeddedKafka> kafka = new ArrayList<>();
    List<EmbeddedPostgres> postgres = new ArrayList<>();
    List<EmbeddedRegistry> registry = new ArrayList<>();
    together(
        List.of(
            () -> kafka.add(startKafka()),
            () ->
                postgres.add(
                    part(
                        "PostgreSQL",
                        () -> EmbeddedPostgres.start(folder.part("postgres"), usual(POSTGRES_PORT)),
                        EmbeddedPostgres::jdbcUrl)),
            () ->
                registry.add(
                    part(
                        "schema registry",
                        () -> EmbeddedRegistry.start(folder.part("registry"), usual(REGISTRY_PORT)),
                        EmbeddedRegistry::url))));
    return new Services.Endpoints(
        kafka.get(0).bootstrapServers(), registry.get(0).url(), postgres.get(0).jdbcUrl());
  }

  private EmbeddedKafka startKafka() {
    EmbeddedKafka kafka =
        part(
            "Kafka",
            () -> EmbeddedKafka.start(folder.part("kafka"), usual(KAFKA_PORT)),
            EmbeddedKafka::bootstrapServers);
    try (Admin admin =
        Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
      TopicAdmin.ensure(admin, PARTITIONS);
    }
    return kafka;
  }

  private <T extends AutoCloseable> T part(
      String name, Progress.Step<T> start, Function<T, String> says) {
    List<T> made = new ArrayList<>();
    return progress.step(
        name,
        () -> {
          T part = start.start();
          made.add(part);
          opened(part);
          return part;
        },
        () -> says.apply(made.get(0)));
  }

  private void started(App app) {
    started(app, () -> "ready");
  }

  private void started(App app, Supplier<String> says) {
    opened(app);
    progress.step(
        app.name(),
        () -> {
          app.start();
          awaitReady(app);
          return app;
        },
        says);
  }

  private static void awaitReady(App app) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!app.ready()) {
      if (app.failure().isPresent()) {
        throw new IllegalStateException(
            app.name() + " failed: " + app.failure().get().getMessage() + "; the log says more");
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            app.name() + " is not ready after " + PATIENCE_SECONDS + " s; the log says why");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private synchronized void opened(AutoCloseable closeable) {
    started.push(closeable);
  }

  private int usual(int port) {
    return usualPorts && Ports.isFree(port) ? port : 0;
  }

  /** Runs all side by side; throws what the first failing one threw, when all have ended. */
  private static void together(List<Runnable> steps) throws InterruptedException {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      CompletableFuture<?>[] all =
          steps.stream()
              .map(step -> CompletableFuture.runAsync(step, threads))
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(all).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    } finally {
      threads.shutdown();
      threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }
}
