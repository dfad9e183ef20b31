package io.faultline.server;

import static io.faultline.server.EventWriter.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.embedded.EmbeddedKafka;
import io.faultline.embedded.EmbeddedPostgres;
import io.faultline.embedded.EmbeddedRegistry;
import io.faultline.schemas.Topics;
import io.faultline.server.submit.Outbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On parts of its own, which go away and come back. */
class OutageIT {

  private static EmbeddedKafka kafka;
  private static EmbeddedPostgres postgres;
  private static EmbeddedRegistry registry;

  private String database;

  @BeforeAll
  static void startParts() {
    kafka = EmbeddedKafka.temporary();
    TestParts.makeTopics(kafka);
    postgres = EmbeddedPostgres.temporary();
    registry = EmbeddedRegistry.temporary();
  }

  @AfterAll
  static void stopParts() {
    registry.close();
    postgres.close();
    kafka.close();
  }

  @BeforeEach
  void makeDatabase() {
    database = postgres.newDatabase();
    TestParts.makeLookout(database);
  }

  private ServerSettings settings() {
    return TestParts.settings(database, kafka.bootstrapServers(), registry.url());
  }

  private static void soon(ThrowingRunnable assertion) {
    await().pollInterval(Duration.ofMillis(100)).untilAsserted(assertion);
  }

  private static List<String> waitingFor(Client client) {
    List<String> names = new ArrayList<>();
    client.get("/readyz").json().path("waitingFor").forEach(name -> names.add(name.asText()));
    return names;
  }

  private static Client.Answer putQueue(Client client) {
    return client.yaml("PUT", "/api/v1/queues/q", RunningServer.QUEUE.formatted("q"));
  }

  private static Client.Answer submit(Client client, String... headers) {
    return client.yaml(
        "POST", "/api/v1/jobs", RunningServer.JOB_FILE.formatted("q", "outage"), headers);
  }

  private static void refusedAsAway(Client.Answer answer, String what) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(503);
    assertThat(answer.problem()).isEqualTo("unavailable");
    assertThat(answer.json().path("detail").asText()).contains(what);
    assertThat(answer.header("Retry-After")).isNotEmpty();
  }

  @Test
  void a_server_that_starts_alone_says_what_it_waits_for_and_takes_up_each_part() {
    kafka.stop();
    postgres.stop();
    registry.stop();
    ServerApp app = new ServerApp(settings());
    try {
      app.start();
      Client client = new Client(app.url(), TestParts.TOKEN);
      assertThat(client.get("/livez").status()).isEqualTo(200);
      assertThat(client.get("/readyz").status()).isEqualTo(503);
      assertThat(waitingFor(client)).containsExactly("postgresql", "kafka", "schema-registry");
      refusedAsAway(client.get("/api/v1/jobs"), "PostgreSQL");
      refusedAsAway(putQueue(client), "PostgreSQL");

      postgres.start();
      soon(() -> assertThat(waitingFor(client)).containsExactly("kafka", "schema-registry"));
      long revision = putQueue(client).json().path("revision").asLong();
      assertThat(revision).isEqualTo(1);
      refusedAsAway(submit(client), "Kafka");
      refusedAsAway(client.get("/api/v1/dead-letters"), "Kafka");
      assertThat(client.get("/api/v1/jobs").json().path("items").size()).isZero();

      kafka.start();
      soon(() -> assertThat(waitingFor(client)).containsExactly("schema-registry"));
      registry.start();
      soon(() -> assertThat(app.ready()).isTrue());
      soon(
          () ->
              assertThat(
                      client.get("/api/v1/resources/status").json().path("published").asBoolean())
                  .isTrue());
      assertThat(submit(client).status()).isEqualTo(201);
    } finally {
      app.close();
      kafka.start();
      postgres.start();
      registry.start();
    }
  }

  @Test
  void a_submit_that_kafka_leaves_alone_is_pending_and_its_jobs_come_with_the_same_ids() {
    AtomicBoolean armed = new AtomicBoolean();
    ServerApp app =
        new ServerApp(
            settings(),
            step -> {
              if (step == Outbox.Step.KEPT && armed.compareAndSet(true, false)) {
                kafka.stop();
              }
            });
    try {
      app.start();
      RunningServer.awaitReady(app);
      Client client = new Client(app.url(), TestParts.TOKEN);
      putQueue(client);
      armed.set(true);
      Client.Answer pending = submit(client);
      assertThat(pending.status()).as("%s", pending).isEqualTo(503);
      assertThat(pending.problem()).isEqualTo("submission-pending");
      assertThat(pending.header("Retry-After")).isNotEmpty();
      JsonNode jobs = pending.json().path("jobs");
      String key = pending.json().path("idempotencyKey").asText();
      String jobId = jobs.path(0).path("jobId").asText();
      assertThat(client.get("/api/v1/jobs/" + jobId).json().path("state").asText())
          .isEqualTo("ACCEPTED");

      kafka.start();
      soon(
          () -> {
            Client.Answer again = submit(client, "Idempotency-Key", key);
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.json().path("jobs")).isEqualTo(jobs);
          });
      soon(
          () ->
              assertThat(TopicReader.read(kafka.bootstrapServers(), Topics.JOB_COMMANDS.name()))
                  .filteredOn(r -> r.key().equals(jobId))
                  .isNotEmpty());
    } finally {
      app.close();
      kafka.start();
    }
  }

  @Test
  void questions_are_answered_again_when_postgresql_is_back() {
    ServerApp app = new ServerApp(settings());
    try {
      app.start();
      RunningServer.awaitReady(app);
      Client client = new Client(app.url(), TestParts.TOKEN);
      putQueue(client);
      postgres.stop();
      refusedAsAway(client.get("/api/v1/queues/q"), "PostgreSQL");
      refusedAsAway(submit(client), "PostgreSQL");
      soon(() -> assertThat(waitingFor(client)).containsExactly("postgresql"));
      postgres.start();
      soon(() -> assertThat(client.get("/api/v1/queues/q").status()).isEqualTo(200));
      soon(() -> assertThat(app.ready()).isTrue());
      assertThat(submit(client).status()).isEqualTo(201);
      client.yaml(
          "PUT", "/api/v1/queues/q", RunningServer.QUEUE.formatted("q") + "priorityFactor: 2\n");
      soon(
          () ->
              assertThat(
                      client.get("/api/v1/resources/status").json().path("published").asBoolean())
                  .isTrue());
    } finally {
      app.close();
      postgres.start();
    }
  }

  @Test
  void streams_by_owner_wait_for_postgresql_and_others_do_not() throws Exception {
    ServerApp app = new ServerApp(settings());
    try (EventWriter topic =
        new EventWriter("outage-owners", kafka.bootstrapServers(), registry.url())) {
      app.start();
      RunningServer.awaitReady(app);
      Client client = new Client(app.url(), TestParts.TOKEN);
      putQueue(client);
      String job = submit(client).json().findValue("jobId").asText();
      String stream = app.url() + "/api/v1/events?jobId=" + job;
      try (EventLines all = new EventLines(stream);
          EventLines owned = new EventLines(stream + "&owner=bootstrap")) {
        soon(() -> assertThat(all.lastId()).isNotEmpty());
        soon(() -> assertThat(owned.lastId()).isNotEmpty());
        postgres.stop();
        topic.happens(running(job, "outage", 0), running(job, "outage", 1));
        soon(() -> assertThat(all.events()).hasSize(2));
        assertThat(owned.events()).isEmpty();
        assertThat(owned.ended()).isFalse();
        postgres.start();
        soon(() -> assertThat(owned.events()).isEqualTo(all.events()));
        topic.happens(running(job, "outage", 2));
        soon(() -> assertThat(owned.events()).hasSize(3).isEqualTo(all.events()));
      }
    } finally {
      app.close();
      postgres.start();
    }
  }

  @Test
  void streams_go_on_when_kafka_is_back_and_none_begin_before_it_was_there() throws Exception {
    kafka.stop();
    ServerApp app = new ServerApp(settings());
    try {
      app.start();
      Client client = new Client(app.url(), TestParts.TOKEN);
      refusedAsAway(client.get("/api/v1/events"), "Kafka");
      kafka.start();
      soon(() -> assertThat(app.ready()).isTrue());
      try (EventWriter topic =
              new EventWriter("outage-kafka", kafka.bootstrapServers(), registry.url());
          EventLines live = new EventLines(app.url() + "/api/v1/events?jobSet=back");
          EventLines past =
              new EventLines(app.url() + "/api/v1/events?jobSet=back&since=2026-01-01T00:00:00Z")) {
        topic.happens(running("back", "back", 0));
        soon(() -> assertThat(live.events()).hasSize(1));
        soon(() -> assertThat(past.events()).hasSize(1));
        kafka.stop();
        kafka.start();
        soon(() -> topic.happens(running("back", "back", 1)));
        soon(() -> assertThat(live.events()).hasSizeGreaterThan(1));
        soon(() -> assertThat(past.events()).hasSameSizeAs(live.events()));
        assertThat(live.ended() || past.ended()).isFalse();
      }
    } finally {
      app.close();
      kafka.start();
    }
  }
}
