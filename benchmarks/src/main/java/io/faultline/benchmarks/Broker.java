package io.faultline.benchmarks;

import io.faultline.embedded.EmbeddedKafka;
import io.faultline.embedded.EmbeddedRegistry;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.SchemaRegistry;
import io.faultline.schemas.TopicAdmin;
import io.faultline.schemas.registry.SchemaRegistries;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** Kafka in this process with all topics, and a schema registry beside it. */
public final class Broker implements AutoCloseable {

  /** How many partitions each topic has. */
  public static final int PARTITIONS = 4;

  private final EmbeddedKafka kafka = EmbeddedKafka.temporary();
  private final EmbeddedRegistry registry = EmbeddedRegistry.temporary();
  private final SchemaRegistry client =
      SchemaRegistries.open(Map.of("schema.registry.url", registry.url()));
  private final Codecs codecs = new Codecs(client);

  /** Starts both and makes the topics. */
  public Broker() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      TopicAdmin.ensure(admin, PARTITIONS);
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
