package io.faultline.benchmarks.pipeline;

import io.faultline.app.App;
import io.faultline.app.SettingsReader;
import io.faultline.benchmarks.Broker;
import io.faultline.benchmarks.WorkFolder;
import io.faultline.classifier.ClassifierApp;
import io.faultline.classifier.ClassifierSettings;
import io.faultline.decider.DeciderApp;
import io.faultline.decider.DeciderSettings;
import io.faultline.domain.resource.Resource;
import io.faultline.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Classifier and decider, as their own processes would be set, on a broker in this process. */
final class Streams implements AutoCloseable {

  private final Deque<Part> started = new ArrayDeque<>();
  private final WorkFolder folder;
  private final Broker broker;

  /** What was started, and how it is closed. */
  private record Part(Object made, Runnable close) {}

  Streams() throws IOException {
    folder = WorkFolder.make();
    broker = opened(Broker::new, Broker::close);
  }

  /** Puts resources in force, for services that are started later. */
  void put(List<Resource> resources) {
    try (Traffic traffic = new Traffic(broker.bootstrapServers(), broker.codecs())) {
      resources.forEach(r -> traffic.send(Topics.RESOURCES, r.key(), r));
      traffic.flush();
    }
  }

  /** Starts the classifier; returns when it works. */
  void startClassifier() throws InterruptedException {
    start(
        () ->
            new ClassifierApp(
                ClassifierSettings.read(SettingsReader.of(settings("classifier-stream")))));
  }

  /** Starts the decider; returns when it works. */
  void startDecider() throws InterruptedException {
    startDecider(Map.of());
  }

  /**
   * Starts the decider; returns when it works.
   *
   * @param more what it is told besides
   * @return it, to be stopped before the rest is
   */
  App startDecider(Map<String, String> more) throws InterruptedException {
    Map<String, String> settings = settings(DeciderSettings.SERVICE);
    settings.putAll(more);
    return start(() -> new DeciderApp(DeciderSettings.read(SettingsReader.of(settings))));
  }

  /** Where the decider keeps its stores. */
  Path deciderFolder() {
    return folder.path().resolve(DeciderSettings.SERVICE);
  }

  /** Stops what was started here. */
  void stop(App app) {
    started.removeIf(part -> part.made() == app);
    app.close();
  }

  private App start(Supplier<App> made) throws InterruptedException {
    App app = opened(made, App::close);
    app.start();
    awaitReady(app);
    return app;
  }

  private static void awaitReady(App app) throws InterruptedException {
    while (!app.ready()) {
      app.failure()
          .ifPresent(
              why -> {
                throw new IllegalStateException(app.name() + " failed", why);
              });
      Thread.sleep(20);
    }
  }

  /** The broker. */
  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** What goes in and out. */
  Traffic traffic() {
    return opened(() -> new Traffic(broker.bootstrapServers(), broker.codecs()), Traffic::close);
  }

  /** Decisions about sets, as they come. */
  SetDecisions setDecisions() {
    return opened(
        () -> new SetDecisions(broker.bootstrapServers(), broker.codecs()), SetDecisions::close);
  }

  private Map<String, String> settings(String service) {
    Map<String, String> settings = broker.settings(folder.path().resolve(service));
    settings.put("retryPolicy.enabled", "true");
    return settings;
  }

  private <T> T opened(Supplier<T> part, Consumer<T> close) {
    T made = part.get();
    started.push(new Part(made, () -> close.accept(made)));
    return made;
  }

  @Override
  public void close() throws IOException {
    while (!started.isEmpty()) {
      started.pop().close().run();
    }
    folder.close();
  }
}
