package io.faultline.benchmarks.pipeline;

import io.faultline.app.App;
import io.faultline.app.SettingsReader;
import io.faultline.benchmarks.WorkFolder;
import io.faultline.classifier.ClassifierApp;
import io.faultline.classifier.ClassifierSettings;
import io.faultline.decider.DeciderApp;
import io.faultline.decider.DeciderSettings;
import io.faultline.domain.resource.Resource;
import io.faultline.embedded.EmbeddedKafka;
import io.faultline.embedded.EmbeddedRegistry;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.SchemaRegistry;
import io.faultline.schemas.TopicAdmin;
import io.faultline.schemas.Topics;
import io.faultline.schemas.registry.SchemaRegistries;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;

/** Classifier and decider, as their own processes would be set, on a broker in this process. */
final class Streams implements AutoCloseable {

  private static final int PARTITIONS = 4;

  private final Deque<Runnable> started = new ArrayDeque<>();
  private final WorkFolder folder;
  private final EmbeddedKafka kafka;
  private final EmbeddedRegistry registry;
  private final Codecs codecs;

  Streams() throws IOException {
    folder = WorkFolder.make();
    kafka = opened(EmbeddedKafka::temporary, EmbeddedKafka::close);
    registry = opened(EmbeddedRegistry::temporary, EmbeddedRegistry::close);
    SchemaRegistry client =
        opened(
            () -> SchemaRegistries.open(Map.of("schema.registry.url", registry.url())),
            SchemaRegistry::close);
    codecs = new Codecs(client);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      TopicAdmin.ensure(admin, PARTITIONS);
    }
  }

  /** Puts resources in force, for services that are started later. */
  void put(List<Resource> resources) {
    try (Traffic traffic = new Traffic(kafka.bootstrapServers(), codecs)) {
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
    return kafka.bootstrapServers();
  }

  /** What goes in and out. */
  Traffic traffic() {
    return opened(() -> new Traffic(kafka.bootstrapServers(), codecs), Traffic::close);
  }

  private SettingsReader settings(String service) {
    Map<String, String> settings = new HashMap<>();
    settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    settings.put("schema.registry.url", registry.url());
    settings.put("instance.id", "bench");
    settings.put("state.dir", folder.path().resolve(service).toString());
    settings.put("http.token", "bench");
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
