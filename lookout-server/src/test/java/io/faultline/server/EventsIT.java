package io.faultline.server;

import static io.faultline.server.EventWriter.event;
import static io.faultline.server.EventWriter.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.job.JobEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventsIT {

  @RegisterExtension static final RunningServer SERVER = new RunningServer();

  private static EventWriter topic;

  @BeforeAll
  static void open() {
    topic = new EventWriter("events-it");
    SERVER.client().yaml("PUT", "/api/v1/queues/q", RunningServer.QUEUE.formatted("q"));
  }

  @AfterAll
  static void close() {
    topic.close();
  }

  private static void happens(JobEvent... events) {
    topic.happens(events);
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
    topic.happensNot(running("aborted", "committed", 0));
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
    topic.poison("poison".getBytes(StandardCharsets.UTF_8));
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
}
