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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Classifier and decider, as their own processes would be set, on a broker in this process. */
final class Streams implements AutoCloseable {

  private final Deque<Runnable> started = new ArrayDeque<>();
  private final WorkFolder folder;
  private final Broker broker;

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
    start(() -> new ClassifierApp(ClassifierSettings.read(settings("classifier-stream"))));
  }

  /** Starts the decider; returns when it works. */
  void startDecider() throws InterruptedException {
    start(() -> new DeciderApp(DeciderSettings.read(settings("retry-decider"))));
  }

  private void start(Supplier<App> made) throws InterruptedException {
    App app = opened(made, App::close);
    app.start();
    awaitReady(app);
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

  private SettingsReader settings(String service) {
    Map<String, String> settings = broker.settings(folder.path().resolve(service));
    settings.put("retryPolicy.enabled", "true");
    return SettingsReader.of(settings);
  }

  private <T> T opened(Supplier<T> part, Consumer<T> close) {
    T made = part.get();
    started.push(() -> close.accept(made));
    return made;
  }

  @Override
  public void close() throws IOException {
    while (!started.isEmpty()) {
      started.pop().run();
    }
    folder.close();
  }
}
