package io.faultline.server;

import io.faultline.app.SettingsReader;
import io.faultline.embedded.EmbeddedKafka;
import io.faultline.embedded.EmbeddedPostgres;
import io.faultline.embedded.EmbeddedRegistry;
import io.faultline.schemas.TopicAdmin;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;

/** Kafka, PostgreSQL and registry, started once for all tests of this JVM; they go with it. */
final class TestParts {

  static final String TOKEN = "a-token-for-tests";
  static final int PARTITIONS = 4;

  static {
    // generous, for machines that do much else at the same time
    Awaitility.setDefaultTimeout(Duration.ofSeconds(90));
  }

  private static TestParts started;

  final EmbeddedKafka kafka;
  final EmbeddedPostgres postgres;
  final EmbeddedRegistry registry;

  private TestParts() {
    kafka = EmbeddedKafka.temporary();
    postgres = EmbeddedPostgres.temporary();
    registry = EmbeddedRegistry.temporary();
    makeTopics(kafka);
  }

  static synchronized TestParts get() {
    if (started == null) {
      started = new TestParts();
    }
    return started;
  }

  static void makeTopics(EmbeddedKafka kafka) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      TopicAdmin.ensure(admin, PARTITIONS);
    }
  }

  /** A database of its own with the ingester's tables. */
  String newDatabase() {
    String url = postgres.newDatabase();
    makeLookout(url);
    return url;
  }

  static void makeLookout(String url) {
    Flyway.configure()
        .dataSource(url, null, null)
        .schemas("lookout")
        .defaultSchema("lookout")
        .locations("classpath:db/lookout")
        .load()
        .migrate();
  }

  ServerSettings settings(String databaseUrl) {
    return settings(databaseUrl, Map.of());
  }

  ServerSettings settings(String databaseUrl, Map<String, String> more) {
    Map<String, String> values = values(databaseUrl, kafka.bootstrapServers(), registry.url());
    values.putAll(more);
    return ServerSettings.read(SettingsReader.of(values));
  }

  static ServerSettings settings(String databaseUrl, String kafka, String registryUrl) {
    return ServerSettings.read(SettingsReader.of(values(databaseUrl, kafka, registryUrl)));
  }

  static Map<String, String> values(String databaseUrl, String kafka, String registryUrl) {
    Map<String, String> values = new HashMap<>();
    values.put("postgres.url", databaseUrl);
    values.put("kafka.bootstrap.servers", kafka);
    values.put("schema.registry.url", registryUrl);
    values.put("server.bootstrapToken", TOKEN);
    values.put("http.port", "0");
    values.put("instance.id", "server-1");
    return values;
  }
}
