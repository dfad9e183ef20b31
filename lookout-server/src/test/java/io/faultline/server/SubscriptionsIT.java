package io.faultline.server;

import static io.faultline.server.EventWriter.event;
import static io.faultline.server.EventWriter.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.job.JobEvent;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole stream, with filters, from now or from elsewhere. */
class SubscriptionsIT {

  @RegisterExtension static final RunningServer SERVER = new RunningServer();

  private static EventWriter topic;

  @BeforeAll
  static void open() {
    topic = new EventWriter("subscriptions-it");
    SERVER.client().yaml("PUT", "/api/v1/queues/q", RunningServer.QUEUE.formatted("q"));
  }

  @AfterAll
  static void close() {
    topic.close();
  }

  private static EventLines listen(String query, String... headers) {
    return new EventLines(SERVER.url() + "/api/v1/events" + query, headers);
  }

  /** Listens, and is told where that begins. */
  private static EventLines listenFromNow(String query) {
    EventLines lines = listen(query);
    await().until(() -> !lines.lastId().isEmpty());
    return lines;
  }

  private static JobEvent failed(String job, String set, boolean retryable, String... categories) {
    FailureInfo info = new FailureInfo(1, "", "main", categories[0], "", List.of(categories), "");
    return event(
        job,
        set,
        1,
        new JobEvent.Failed(EvidenceKind.POD_FAILED, info, "Error", "", retryable, ""));
  }

  private static List<String> ids(EventLines lines) {
    return lines.events().stream().map(event -> field(event.data(), "eventId")).sorted().toList();
  }

  private static String field(String json, String name) {
    try {
      return new ObjectMapper().readTree(json).path(name).asText();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(json, e);
    }
  }

  private static String submitted(String set) {
    return SERVER
        .client()
        .yaml("POST", "/api/v1/jobs", RunningServer.JOB_FILE.formatted("q", set))
        .json()
        .findValue("jobId")
        .asText();
  }

  @Test
  void each_filter_lets_through_what_it_names_live_and_from_the_past_alike() throws Exception {
    // the owner of one is known from the submit alone, that of the other from its first event
    String ours = submitted("f-2");
    Map<String, String> expected = new LinkedHashMap<>();
    String all = "fa/0 fa/1 fb/0 fb/1 fc/1 " + ours + "/0";
    expected.put("?jobSet=f-1&jobSet=f-2", all);
    expected.put("?queue=q&jobSet=f-1", "fa/0 fa/1 fb/0 fb/1");
    expected.put("?queue=r&jobSet=f-1", "");
    expected.put("?jobId=fa&jobId=" + ours, "fa/0 fa/1 " + ours + "/0");
    expected.put("?category=f-net", "fa/1");
    expected.put("?category=f-gpu&category=f-oom", "fa/1 fb/1");
    expected.put("?category=f-gpu&terminal=true", "");
    expected.put("?jobSet=f-1&terminal=true", "fb/1");
    expected.put("?jobSet=f-1&jobSet=f-2&terminal=true", "fb/1 fc/1");
    expected.put("?jobSet=f-1&type=submitted&type=running", "fa/0 fb/0");
    expected.put("?owner=f-ann", "fa/0 fa/1");
    expected.put("?owner=bootstrap&jobSet=f-2", ours + "/0");
    expected.put("?owner=f-ann&owner=bootstrap&terminal=false", "fa/0 fa/1 " + ours + "/0");
    expected.put("?owner=f-nobody", "");
    String since = Instant.now().minusSeconds(1).toString();
    Map<String, EventLines> live = new LinkedHashMap<>();
    expected.keySet().forEach(query -> live.put(query, listenFromNow(query)));

    topic.happens(
        event("fa", "f-1", 0, new JobEvent.Submitted("f-ann")),
        failed("fa", "f-1", true, "f-gpu", "f-net"),
        running("fb", "f-1", 0),
        failed("fb", "f-1", false, "f-oom"),
        event("fc", "f-2", 1, new JobEvent.Cancelled("", "")),
        running(ours, "f-2", 0),
        running("noise", "f-3", 0));

    for (Map.Entry<String, String> row : expected.entrySet()) {
      List<String> wanted =
          row.getValue().isEmpty() ? List.of() : List.of(row.getValue().split(" "));
      EventLines lines = live.get(row.getKey());
      await().until(() -> lines.events().size() >= wanted.size());
      try (lines;
          EventLines past = listen(row.getKey() + "&follow=false&since=" + since)) {
        await().until(past::ended);
        assertThat(ids(past)).as(row.getKey()).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(ids(lines)).as(row.getKey()).containsExactlyInAnyOrderElementsOf(wanted);
      }
    }
  }

  @Test
  void since_begins_with_what_was_appended_then() throws Exception {
    topic.happens(running("since", "since", 0));
    long first = appendedAt();
    await().until(() -> System.currentTimeMillis() > first + 2);
    topic.happens(running("since", "since", 1));
    String between = Instant.ofEpochMilli(first + 1).toString();
    try (EventLines lines = listen("?jobSet=since&follow=false&since=" + between);
        EventLines none = listen("?jobSet=since&follow=false&since=2999-01-01T00:00:00Z")) {
      await().until(() -> lines.ended() && none.ended());
      assertThat(ids(lines)).containsExactly("since/1");
      assertThat(none.events()).isEmpty();
    }
  }

  private static long appendedAt() {
    return TopicReader.read(TestParts.get().kafka.bootstrapServers(), EventWriter.TOPIC).stream()
        .mapToLong(record -> record.timestamp())
        .max()
        .orElseThrow();
  }

  @Test
  void who_hears_nothing_is_told_now_and_then_where_it_is_so_that_its_id_does_not_age()
      throws Exception {
    try (EventLines lines = listenFromNow("?jobSet=nothing-of-it")) {
      String begin = lines.lastId();
      topic.happens(running("moves", "moves", 0));
      await().until(() -> !lines.lastId().equals(begin));
      assertThat(lines.events()).isEmpty();
      assertThat(lines.comments()).isGreaterThanOrEqualTo(2);
      try (EventLines past = listen("?jobSet=moves&follow=false&after=" + lines.lastId())) {
        await().until(past::ended);
        assertThat(past.events()).isEmpty();
      }
      try (EventLines past = listen("?jobSet=moves&follow=false", "Last-Event-ID", begin)) {
        await().until(past::ended);
        assertThat(ids(past)).containsExactly("moves/0");
      }
    }
  }

  @Test
  void an_id_that_is_too_old_is_reset_to_the_earliest_that_is_kept() throws Exception {
    topic.happens(
        running("old-1", "old", 0), running("old-2", "old", 0), running("old-3", "old", 0));
    deleteAll();
    topic.happens(
        running("old-1", "old", 1), running("old-2", "old", 1), running("old-3", "old", 1));
    try (EventLines lines =
        listen("?jobSet=old&follow=false", "Last-Event-ID", "0:0,1:0,2:0,3:0")) {
      await().until(lines::ended);
      EventLines.Event reset = lines.events().get(0);
      assertThat(reset.type()).isEqualTo("reset");
      assertThat(field(reset.data(), "reason")).isEqualTo("too-old");
      assertThat(field(reset.data(), "detail")).contains("is kept from", "0 was asked for");
      assertThat(field(reset.data(), "position")).isEqualTo(reset.id());
      assertThat(lines.events()).hasSize(4);
      assertThat(ids(lines)).contains("old-1/1", "old-2/1", "old-3/1");
    }
  }

  /** As retention does, once everything is old. */
  private static void deleteAll() throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", TestParts.get().kafka.bootstrapServers()))) {
      Map<TopicPartition, OffsetSpec> partitions =
          new TreeMap<>((a, b) -> a.partition() - b.partition());
      for (int p = 0; p < TestParts.PARTITIONS; p++) {
        partitions.put(new TopicPartition(EventWriter.TOPIC, p), OffsetSpec.latest());
      }
      var ends = admin.listOffsets(partitions).all().get();
      admin
          .deleteRecords(
              ends.entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          Map.Entry::getKey,
                          end -> RecordsToDelete.beforeOffset(end.getValue().offset()))))
          .all()
          .get();
    }
  }

  @Test
  void an_id_from_the_future_or_of_another_topic_is_reset_and_nothing_kept_is_missed()
      throws Exception {
    topic.happens(running("future", "future", 0));
    for (String id : List.of("0:999999999", "1:0,4:0", "0:0,1:999999999,2:0,3:0")) {
      try (EventLines lines = listen("?jobSet=future&follow=false", "Last-Event-ID", id)) {
        await().until(lines::ended);
        assertThat(lines.types()).as(id).containsExactly("reset", "running");
        assertThat(field(lines.events().get(0).data(), "reason")).isEqualTo("unknown-position");
      }
    }
  }

  @Test
  void a_text_that_is_no_position_is_refused_and_an_empty_one_is_none() throws Exception {
    for (String id : List.of("nonsense", "1", "0:-1", "0:1;1:2", "99999:0")) {
      Client.Answer answer = SERVER.client().get("/api/v1/events", "Last-Event-ID", id);
      assertThat(answer.status()).as(id).isEqualTo(400);
      assertThat(answer.json().path("detail").asText()).contains(id, "Last-Event-ID");
    }
    try (EventLines lines = listen("?follow=false", "Last-Event-ID", "")) {
      await().until(lines::ended);
      assertThat(lines.events()).isEmpty();
    }
  }

  @Test
  void a_listener_that_goes_away_is_forgotten() throws Exception {
    await().until(() -> gauge("streams") == 0);
    try (EventLines lines = listenFromNow("?jobSet=gone")) {
      assertThat(gauge("streams")).isEqualTo(1);
      assertThat(lines.ended()).isFalse();
    }
    await().until(() -> gauge("streams") == 0);
  }

  @Test
  void listeners_that_never_read_are_behind_then_cut_off_and_harm_nobody() throws Exception {
    int deafOnes = 20;
    List<Socket> deaf = new ArrayList<>();
    await().until(() -> gauge("streams") == 0);
    try (EventLines lines = listenFromNow("?jobSet=slow")) {
      for (int i = 0; i < deafOnes; i++) {
        deaf.add(deaf("/api/v1/events?jobSet=slow"));
      }
      await().until(() -> gauge("streams") == deafOnes + 1);
      String wide = "x".repeat(200_000);
      for (int i = 0; i < 100; i++) {
        topic.happens(event("slow-1", "slow", i, new JobEvent.Cancelled(wide, "someone")));
      }
      await().until(() -> lines.events().size() == 100);
      assertThat(gauge("behind")).isEqualTo(deafOnes);
      try (EventLines past = listen("?jobSet=slow&follow=false&since=2026-01-01T00:00:00Z")) {
        await().until(past::ended);
        assertThat(past.events()).hasSize(100);
      }
      await().atMost(Duration.ofSeconds(90)).until(() -> gauge("streams") == 1);
      assertThat(lines.ended()).isFalse();
    } finally {
      for (Socket socket : deaf) {
        socket.close();
      }
    }
  }

  private static Socket deaf(String path) throws Exception {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(
        new InetSocketAddress(
            InetAddress.getLoopbackAddress(), URI.create(SERVER.url()).getPort()));
    OutputStream out = socket.getOutputStream();
    out.write(
        "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(path, TestParts.TOKEN)
            .getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return socket;
  }

  private static int gauge(String name) {
    return SERVER
        .client()
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith("faultline_events_" + name + " "))
        .mapToInt(line -> (int) Double.parseDouble(line.split(" ")[1]))
        .findFirst()
        .orElseThrow();
  }
}
