package io.faultline.server;

import static io.faultline.server.EventWriter.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.domain.job.JobEvent;
import io.faultline.server.events.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class SubscriptionsKillIT {

  private static final String SET = "killed";
  private static final int JOBS = 8;
  private static final long PACE_NANOS = 20_000_000;

  private final ObjectMapper mapper = new ObjectMapper();
  private final List<EventLines> connections = new CopyOnWriteArrayList<>();
  private volatile String url;
  private volatile boolean stop;
  private volatile boolean done;

  @Test
  void every_event_arrives_with_its_id_and_in_order_for_each_job_though_servers_are_killed()
      throws Exception {
    String database = TestParts.get().newDatabase();
    List<DyingServer> servers = new ArrayList<>();
    try (EventWriter topic = new EventWriter("subscriptions-kill-it")) {
      servers.add(start(database));
      Thread subscriber = new Thread(this::subscribe, "subscriber");
      subscriber.start();
      await().until(() -> !connections.isEmpty() && !connections.get(0).lastId().isEmpty());
      Thread happening = new Thread(() -> happen(topic), "events");
      happening.start();
      for (int kill = 0; kill < 3; kill++) {
        awaitMoreEvents();
        // another instance is there already, or comes only after a while
        DyingServer old = servers.get(kill);
        if (kill % 2 == 0) {
          servers.add(start(database));
          old.kill();
        } else {
          old.kill();
          servers.add(start(database));
        }
      }
      awaitMoreEvents();
      stop = true;
      happening.join();
      List<JobEvent> happened = topic.ofSet(SET);
      await().until(() -> arrived().size() == happened.size());
      done = true;
      subscriber.join();

      assertThat(connections).hasSizeGreaterThan(3);
      checkOrderAndIds();
      Map<String, List<Long>> expected = new HashMap<>();
      happened.forEach(
          e -> expected.computeIfAbsent(e.job().jobId(), j -> new ArrayList<>()).add(e.sequence()));
      assertThat(firstArrivals()).isEqualTo(expected);
    } finally {
      stop = true;
      done = true;
      for (DyingServer server : servers) {
        server.close();
      }
    }
  }

  private DyingServer start(String database) throws Exception {
    DyingServer server = new DyingServer(database, "none");
    url = server.url;
    return server;
  }

  private void awaitMoreEvents() {
    int before = heard();
    await().until(() -> heard() > before + 200);
  }

  /** Events of some jobs and noise, in small transactions, until told to stop. */
  private void happen(EventWriter topic) {
    for (long sequence = 0; !stop; sequence++) {
      JobEvent[] events = new JobEvent[JOBS * 2];
      for (int job = 0; job < JOBS; job++) {
        events[2 * job] = running("killed-" + job, SET, sequence);
        events[2 * job + 1] = running("noise-" + job, "noise", sequence);
      }
      topic.happens(events);
      LockSupport.parkNanos(PACE_NANOS);
    }
  }

  /** Comes again whenever the stream ends, at whichever server is there, with its last id. */
  private void subscribe() {
    String lastId = "";
    while (!done) {
      try (EventLines lines = connect(lastId)) {
        connections.add(lines);
        await().until(() -> lines.ended() || done);
        lastId = lines.lastId().isEmpty() ? lastId : lines.lastId();
      } catch (IOException | UncheckedIOException | IllegalStateException notThere) {
        // the server is gone, or not ready yet
      }
    }
  }

  private EventLines connect(String lastId) {
    String stream = url + "/api/v1/events?jobSet=" + SET;
    return lastId.isEmpty()
        ? new EventLines(stream)
        : new EventLines(stream, "Last-Event-ID", lastId);
  }

  private int heard() {
    return connections.stream().mapToInt(lines -> lines.events().size()).sum();
  }

  private Set<String> arrived() {
    Set<String> ids = new LinkedHashSet<>();
    for (EventLines lines : connections) {
      lines.events().forEach(event -> ids.add(json(event).path("eventId").asText()));
    }
    return ids;
  }

  private void checkOrderAndIds() {
    for (EventLines lines : connections) {
      Map<String, Long> last = new HashMap<>();
      for (EventLines.Event event : lines.events()) {
        assertThat(event.type()).isEqualTo("running");
        assertThat(Position.parse(event.id())).isPresent();
        JsonNode json = json(event);
        long sequence = json.path("sequence").asLong();
        Long before = last.put(json.path("jobId").asText(), sequence);
        assertThat(before == null || before + 1 == sequence)
            .as("%s after %s", json, before)
            .isTrue();
      }
    }
  }

  /** By job the sequences in the order in which each was seen first. */
  private Map<String, List<Long>> firstArrivals() {
    Map<String, List<Long>> byJob = new HashMap<>();
    for (String id : arrived()) {
      String[] parts = id.split("/");
      byJob.computeIfAbsent(parts[0], j -> new ArrayList<>()).add(Long.valueOf(parts[1]));
    }
    return byJob;
  }

  private JsonNode json(EventLines.Event event) {
    try {
      return mapper.readTree(event.data());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
