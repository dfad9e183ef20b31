package io.faultline.ingester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultline.app.SettingsReader;
import io.faultline.embedded.EmbeddedKafka;
import io.faultline.embedded.EmbeddedPostgres;
import io.faultline.embedded.EmbeddedRegistry;
import io.faultline.ingester.plan.Message;
import io.faultline.schemas.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The ingester on real Kafka, PostgreSQL and registry. Each test has a database and a group of its
 * own, which reads all that the tests before it have fed as well.
 */
class IngesterIT {

  private static final Tables fed = Tables.none();
  private static EmbeddedKafka kafka;
  private static EmbeddedPostgres postgres;
  private static EmbeddedRegistry registry;
  private static Feed feed;
  private static long seed;

  private final List<IngesterApp> apps = new ArrayList<>();
  private final String group = "group-" + UUID.randomUUID();
  private String url;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.temporary();
    postgres = EmbeddedPostgres.temporary();
    registry = EmbeddedRegistry.temporary();
    feed = new Feed(kafka.bootstrapServers(), registry.url());
  }

  @AfterAll
  static void stop() {
    feed.close();
    registry.close();
    postgres.close();
    kafka.close();
  }

  @BeforeEach
  void newDatabase() {
    url = postgres.newDatabase();
  }

  @AfterEach
  void closeApps() {
    apps.forEach(IngesterApp::close);
    kafka.start();
    postgres.start();
    registry.start();
  }

  @Test
  void what_is_on_the_topics_comes_to_stand_in_the_tables() {
    feedLives(100);
    IngesterApp app = startApp("a");
    awaitAllFed();
    assertThat(app.ready()).isTrue();

    feedLives(100);

    awaitAllFed();
  }

  @Test
  void undecodable_records_go_to_dead_letters_as_they_were_and_the_others_land() throws Exception {
    byte[] notFramed = "not avro\0at all".getBytes(StandardCharsets.UTF_8);
    byte[] unknownSchema = ByteBuffer.allocate(20).put((byte) 0).putInt(987_654).array();
    byte[] corrupt = feed.record(Life.of(1).messages().get(0)).value();
    ByteBuffer.wrap(corrupt).position(5).put(new byte[] {-1, -1, -1, -1, -1, -1, -1});
    feed.sendRaw(Topics.JOB_EVENTS, notFramed);
    feed.sendRaw(Topics.CLASSIFIED_ERRORS, unknownSchema);
    feed.sendRaw(Topics.JOB_EVENTS, corrupt);
    feed.sendRaw(Topics.DECISIONS, null);
    feedLives(20);

    startApp("a");

    awaitAllFed();
    List<ConsumerRecord<byte[], byte[]>> letters = feed.deadLetterRecords();
    Map<String, ConsumerRecord<byte[], byte[]>> byReason = new TreeMap<>();
    letters.forEach(letter -> byReason.putIfAbsent(Feed.header(letter, "dl-reason"), letter));
    assertThat(byReason).containsKeys("not_framed", "unknown_schema", "corrupt");
    ConsumerRecord<byte[], byte[]> unknown = byReason.get("unknown_schema");
    assertThat(unknown.value()).isEqualTo(unknownSchema);
    assertThat(unknown.key()).asString().isEqualTo("raw");
    assertThat(Feed.header(unknown, "dl-service")).isEqualTo("lookout-ingester");
    assertThat(Feed.header(unknown, "dl-topic")).isEqualTo("faultline.classified-errors");
    assertThat(Feed.header(unknown, "dl-partition")).matches("[0-3]");
    assertThat(Feed.header(unknown, "dl-offset")).matches("\\d+");
    assertThat(Feed.header(unknown, "dl-timestamp")).matches("\\d{13}");
    assertThat(Feed.header(unknown, "dl-error")).contains("987654");
  }

  @Test
  void a_refused_row_goes_to_dead_letters_with_its_reason_and_the_others_land() {
    Message refused = RefusedMessages.failure(900_001);
    feedLives(10);
    feed.send(List.of(refused));
    feedLives(10);

    startApp("a");

    awaitAllFed();
    byte[] bytes = feed.record(refused).value();
    assertThat(feed.deadLetterRecords())
        .anySatisfy(
            letter -> {
              assertThat(letter.value()).isEqualTo(bytes);
              assertThat(Feed.header(letter, "dl-reason")).isEqualTo("refused_row");
              assertThat(Feed.header(letter, "dl-error")).contains("index row size");
            });
  }

  @Test
  void what_was_aborted_is_never_seen() {
    try (Producer<byte[], byte[]> other = feed.producer(Map.of("transactional.id", "aborts"))) {
      other.initTransactions();
      other.beginTransaction();
      feed.send(other, Life.of(800_000).messages());
      other.abortTransaction();
    }
    feedLives(10);

    startApp("a");

    awaitAllFed();
  }

  @Test
  void while_the_registry_is_away_it_waits_and_loses_nothing() {
    feedLives(10);
    List<String> before = feed.deadLetters();
    registry.kill();
    IngesterApp app = startApp("a");
    await().atMost(Duration.ofSeconds(60)).until(() -> registryIsAskedFor(app));
    await().atMost(Duration.ofSeconds(30)).until(() -> !app.ready());

    registry.start();

    awaitAllFed();
    await().atMost(Duration.ofSeconds(30)).until(app::ready);
    assertThat(feed.deadLetters().stream().filter(l -> !l.startsWith("refused")).distinct())
        .isSubsetOf(before.stream().filter(l -> !l.startsWith("refused")).distinct().toList());
  }

  @Test
  void while_postgresql_is_away_it_is_not_ready_and_loses_nothing() {
    feedLives(10);
    IngesterApp app = startApp("a");
    awaitAllFed();
    postgres.stop();
    await().atMost(Duration.ofSeconds(30)).until(() -> !app.ready());
    assertThat(status(app, "/readyz")).isEqualTo(503);
    assertThat(status(app, "/livez")).isEqualTo(200);
    feedLives(50);

    postgres.start();

    awaitAllFed();
    await().atMost(Duration.ofSeconds(30)).until(() -> status(app, "/readyz") == 200);
  }

  @Test
  void it_starts_while_postgresql_is_away() {
    feedLives(10);
    postgres.stop();
    IngesterApp app = startApp("a");
    assertThat(app.ready()).isFalse();

    postgres.start();

    awaitAllFed();
    await().atMost(Duration.ofSeconds(30)).until(app::ready);
  }

  @Test
  void while_kafka_is_away_it_is_not_ready_and_goes_on_after() {
    feedLives(10);
    IngesterApp app = startApp("a");
    awaitAllFed();
    await().atMost(Duration.ofSeconds(30)).until(app::ready);
    kafka.stop();
    await().atMost(Duration.ofSeconds(30)).until(() -> !app.ready());

    kafka.start();

    feedLives(10);
    awaitAllFed();
    await().atMost(Duration.ofSeconds(30)).until(app::ready);
  }

  @Test
  void it_starts_while_kafka_is_away() {
    feedLives(10);
    kafka.stop();
    IngesterApp app = startApp("a");
    assertThat(app.ready()).isFalse();

    kafka.start();

    awaitAllFed();
    await().atMost(Duration.ofSeconds(30)).until(app::ready);
  }

  @Test
  void instances_share_the_work_and_one_takes_over_what_the_other_left() {
    IngesterApp a = startApp("a");
    await().atMost(Duration.ofSeconds(60)).until(a::ready);
    IngesterApp b = startApp("b");
    await().atMost(Duration.ofSeconds(60)).until(b::ready);
    feedLives(50);
    awaitAllFed();

    a.close();
    feedLives(50);

    awaitAllFed();
  }

  @Test
  void it_ends_at_once_while_everything_is_away() {
    kafka.stop();
    postgres.stop();
    registry.kill();
    IngesterApp app = startApp("a");
    long begin = System.nanoTime();

    app.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void metrics_need_the_token_and_say_lag_and_rows() throws Exception {
    IngesterApp app = startApp("a");
    feedLives(10);
    awaitAllFed();

    assertThat(status(app, "/metrics")).isEqualTo(401);
    String metrics =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(app.url() + "/metrics"))
                    .header("Authorization", "Bearer secret")
                    .build(),
                BodyHandlers.ofString())
            .body();
    assertThat(metrics)
        .contains("faultline_ingest_lag{topic=\"faultline.job-events\"}")
        .contains("faultline_ingest_rows_total")
        .contains("faultline_ingest_refused_rows_total")
        .contains("faultline_ingest_batch_seconds_count");
  }

  private static void feedLives(int count) {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Life life = Life.of(seed++);
      messages.addAll(life.messages());
      fed.add(life.expected());
    }
    feed.send(messages);
  }

  private void awaitAllFed() {
    // a query fails while there are no tables and while PostgreSQL is starting
    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(Tables.read(url).equals(fed)).isTrue());
  }

  private IngesterApp startApp(String instance) {
    IngesterApp app =
        new IngesterApp(
            IngesterSettings.read(
                SettingsReader.of(
                    Map.of(
                        "kafka.bootstrap.servers",
                        kafka.bootstrapServers(),
                        "schema.registry.url",
                        registry.url(),
                        "postgres.url",
                        url,
                        "instance.id",
                        instance,
                        "group.id",
                        group,
                        "http.token",
                        "secret"))));
    apps.add(app);
    app.start();
    return app;
  }

  /** It has records in hand that it can't decode: its one turn lasts and lasts. */
  private static boolean registryIsAskedFor(IngesterApp app) {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(e -> e.getKey().getName().equals(app.name()))
        .anyMatch(e -> List.of(e.getValue()).toString().contains("HttpSchemaRegistry"));
  }

  private static int status(IngesterApp app, String path) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(app.url() + path)).build(),
              BodyHandlers.discarding())
          .statusCode();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
