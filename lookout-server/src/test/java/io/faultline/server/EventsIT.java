package io.faultline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.SchemaRegistry;
import io.faultline.schemas.Topics;
import io.faultline.schemas.registry.SchemaRegistries;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventsIT {

  @RegisterExtension static final RunningServer SERVER = new RunningServer();

  private static SchemaRegistry registry;
  private static Serializer<JobEvent> serializer;
  private static KafkaProducer<String, byte[]> producer;

  @BeforeAll
  static void open() {
    registry = SchemaRegistries.open(Map.of("schema.registry.url", TestParts.get().registry.url()));
    serializer = new Codecs(registry).serde(Topics.JOB_EVENTS).serializer();
    producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                "bootstrap.servers",
                TestParts.get().kafka.bootstrapServers(),
                "transactional.id",
                "events-it"),
            new StringSerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    SERVER.client().yaml("PUT", "/api/v1/queues/q", RunningServer.QUEUE.formatted("q"));
  }

  @AfterAll
  static void close() {
    producer.close();
    registry.close();
  }

  /** As a decider does: in a transaction. */
  private static void happens(JobEvent... events) {
    producer.beginTransaction();
    write(events);
    producer.commitTransaction();
  }

  private static void write(JobEvent... events) {
    String topic = Topics.JOB_EVENTS.name();
    for (JobEvent event : events) {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  topic, event.job().recordKey(), serializer.serialize(topic, event)));
    }
    producer.flush();
  }

  private static JobEvent event(String jobId, String set, long sequence, JobEvent.Detail detail) {
    return new JobEvent(
        new JobIdentity(jobId, "q", set, null),
        RunIdentity.of(jobId, 0),
        "local",
        "executor-1",
        "n",
        Instant.parse("2026-03-01T12:00:00Z"),
        sequence,
        detail);
  }

  private static JobEvent running(String jobId, String set, long sequence) {
    return event(jobId, set, sequence, new JobEvent.Running("pod"));
  }

  private static void submitSet(String set) {
    assertThat(
            SERVER
                .client()
                .yaml("POST", "/api/v1/jobs", RunningServer.JOB_FILE.formatted("q", set))
                .status())
        .isEqualTo(201);
  }

  private static String path(String set) {
    return "/api/v1/queues/q/job-sets/" + set + "/events";
  }

  private static EventLines listen(String set, String query, String... headers) {
    return new EventLines(SERVER.url() + path(set) + query, headers);
  }

  @Test
  void what_happened_is_told_and_then_what_happens() throws Exception {
    submitSet("told");
    happens(running("told-1", "told", 0), running("told-2", "told", 0));
    happens(running("other-1", "another-set", 0));
    try (EventLines lines = listen("told", "")) {
      await().until(() -> lines.events().size() == 2);
      happens(event("told-1", "told", 1, new JobEvent.Succeeded()));
      await().until(() -> lines.events().size() == 3);
      JsonNode last = new ObjectMapper().readTree(lines.events().get(2).data());
      assertThat(last.path("type").asText()).isEqualTo("succeeded");
      assertThat(last.path("eventId").asText()).isEqualTo("told-1/1");
      assertThat(last.path("runIndex").asInt()).isZero();
    }
  }

  @Test
  void a_failed_event_carries_what_is_known() throws Exception {
    submitSet("failing");
    FailureInfo info =
        new FailureInfo(74, "<b>no</b>\nline", "main", "gpu", "ecc", List.of("gpu"), "ask");
    happens(
        event(
            "failing-1",
            "failing",
            0,
            new JobEvent.Failed(EvidenceKind.POD_FAILED, info, "Error", "text", true, "ml")));
    try (EventLines lines = listen("failing", "?follow=false")) {
      await().until(lines::ended);
      assertThat(lines.types()).containsExactly("failed");
      JsonNode failed = new ObjectMapper().readTree(lines.events().get(0).data());
      assertThat(failed.path("retryable").asBoolean()).isTrue();
      assertThat(failed.path("failureInfo").path("exitCode").asInt()).isEqualTo(74);
      assertThat(failed.path("failureInfo").path("terminationMessage").asText())
          .isEqualTo("<b>no</b>\nline");
    }
  }

  @Test
  void it_goes_on_exactly_after_any_id() throws Exception {
    submitSet("resumed");
    for (int i = 0; i < 10; i++) {
      happens(
          running("resumed-a", "resumed", i),
          running("resumed-b", "resumed", i),
          running("resumed-c", "resumed", i),
          running("noise", "other", i));
    }
    List<EventLines.Event> all;
    try (EventLines lines = listen("resumed", "?follow=false")) {
      await().until(lines::ended);
      all = lines.events();
    }
    assertThat(all).hasSize(30);
    for (int cut : new int[] {0, 3, 11, 28, 29}) {
      try (EventLines rest =
          listen("resumed", "?follow=false", "Last-Event-ID", all.get(cut).id())) {
        await().until(rest::ended);
        List<String> data = new ArrayList<>();
        all.subList(0, cut + 1).forEach(e -> data.add(e.data()));
        rest.events().forEach(e -> data.add(e.data()));
        assertThat(data)
            .containsExactlyInAnyOrderElementsOf(all.stream().map(EventLines.Event::data).toList());
      }
    }
  }

  @Test
  void one_job_of_a_set_can_be_listened_to() throws Exception {
    submitSet("one-job");
    happens(running("one-job-1", "one-job", 0), running("one-job-2", "one-job", 0));
    try (EventLines lines = listen("one-job", "?follow=false&jobId=one-job-2")) {
      await().until(lines::ended);
      assertThat(lines.events()).hasSize(1);
      assertThat(lines.events().get(0).data()).contains("one-job-2");
    }
  }

  @Test
  void what_is_not_committed_is_not_told() throws Exception {
    submitSet("committed");
    producer.beginTransaction();
    write(running("aborted", "committed", 0));
    producer.abortTransaction();
    happens(running("committed", "committed", 0));
    try (EventLines lines = listen("committed", "?follow=false")) {
      await().until(lines::ended);
      assertThat(lines.events()).hasSize(1);
      assertThat(lines.events().get(0).data()).contains("\"jobId\":\"committed\"");
    }
  }

  @Test
  void a_record_that_is_no_event_stops_nobody() throws Exception {
    submitSet("poisoned");
    producer.beginTransaction();
    var unused =
        producer.send(
            new ProducerRecord<>(
                Topics.JOB_EVENTS.name(), "poison", "poison".getBytes(StandardCharsets.UTF_8)));
    producer.commitTransaction();
    happens(running("poisoned-1", "poisoned", 0));
    try (EventLines lines = listen("poisoned", "?follow=false")) {
      await().until(lines::ended);
      assertThat(lines.events()).hasSize(1);
    }
  }

  @Test
  void a_silent_set_is_kept_alive_by_comments() throws Exception {
    try (EventLines lines = listen("silent", "")) {
      await().until(() -> lines.comments() >= 2);
      assertThat(lines.events()).isEmpty();
      assertThat(lines.ended()).isFalse();
    }
  }

  @Test
  void a_listener_that_does_not_read_is_cut_off_and_others_are_served() throws Exception {
    submitSet("slow");
    URI url = URI.create(SERVER.url());
    try (Socket deaf = new Socket()) {
      deaf.setReceiveBufferSize(4096);
      deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), url.getPort()));
      OutputStream out = deaf.getOutputStream();
      out.write(
          ("GET "
                  + path("slow")
                  + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                  + TestParts.TOKEN
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      String wide = "x".repeat(200_000);
      for (int i = 0; i < 100; i++) {
        happens(event("slow-1", "slow", i, new JobEvent.Cancelled(wide, "someone")));
      }
      try (EventLines lines = listen("slow", "?follow=false")) {
        await().until(lines::ended);
        assertThat(lines.events()).hasSize(100);
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(SERVER.client().get("/metrics").text())
                      .contains("faultline_events_streams 0.0"));
    }
  }
}
