package io.faultline.benchmarks;

import io.faultline.embedded.EmbeddedKafka;
import io.faultline.embedded.EmbeddedRegistry;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.SchemaRegistry;
import io.faultline.schemas.Topic;
import io.faultline.schemas.TopicAdmin;
import io.faultline.schemas.Topics;
import io.faultline.schemas.registry.SchemaRegistries;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;

/** Kafka in this process with all topics, and a schema registry beside it. */
public final class Broker implements AutoCloseable {

  /** How many partitions each topic has. */
  public static final int PARTITIONS = 4;

  private static final long PAUSE_NANOS = 10_000_000;

  private final EmbeddedKafka kafka = EmbeddedKafka.temporary();
  private final EmbeddedRegistry registry = EmbeddedRegistry.temporary();
  private final SchemaRegistry client =
      SchemaRegistries.open(Map.of("schema.registry.url", registry.url()));
  private final Codecs codecs = new Codecs(client);

  /** Starts both and makes the topics. */
  public Broker() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      TopicAdmin.ensure(admin, PARTITIONS);
      awaitTopics(admin);
    }
  }

  /** The broker learns of topics a moment after the controller has made them. */
  private static void awaitTopics(Admin admin) {
    List<String> made = Topics.all().stream().map(Topic::name).toList();
    while (!admin
        .listTopics()
        .names()
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .containsAll(made)) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Where Kafka is. */
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** Reads and writes values of all topics. */
  public Codecs codecs() {
    return codecs;
  }

  /** What any service on it is told. */
  public Map<String, String> settings(Path stateDir) {
    Map<String, String> settings = new HashMap<>();
    settings.put("kafka.bootstrap.servers", bootstrapServers());
    settings.put("schema.registry.url", registry.url());
    settings.put("instance.id", "bench");
    settings.put("state.dir", stateDir.toString());
    settings.put("http.token", "bench");
    return settings;
  }

  @Override
  public void close() {
    client.close();
    registry.close();
    kafka.close();
  }
}
