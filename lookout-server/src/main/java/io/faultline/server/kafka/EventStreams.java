package io.faultline.server.kafka;

import io.faultline.app.Worker;
import io.faultline.domain.job.JobEvent;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topics;
import io.faultline.server.events.Begin;
import io.faultline.server.events.EventFilter;
import io.faultline.server.events.EventHub;
import io.faultline.server.events.JobOwners;
import io.faultline.server.events.Subscription;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Deserializer;

/** Streams of job events for listeners, whose number is bounded. */
public final class EventStreams implements AutoCloseable {

  private final BlockingQueue<Subscription> behind = new LinkedBlockingQueue<>();
  private final EventHub hub;
  private final LiveReader live;
  private final PastReaders past;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(Worker.threads("event-heartbeat"));

  /**
   * Reads nothing until started.
   *
   * @param owners the owners of jobs by id
   * @param most streams at once
   */
  public EventStreams(
      KafkaClients clients,
      Codecs codecs,
      Function<Set<String>, Map<String, String>> owners,
      int most,
      MeterRegistry meters) {
    Deserializer<JobEvent> deserializer = codecs.serde(Topics.JOB_EVENTS).deserializer();
    JobOwners jobOwners = new JobOwners(owners);
    this.hub = new EventHub(most, behind::add);
    this.live = new LiveReader(clients, deserializer, hub, jobOwners);
    this.past = new PastReaders(clients, deserializer, hub, jobOwners, behind, this::later);
    Gauge.builder("faultline.events.streams", hub::size)
        .description("Streams of events that are open")
        .register(meters);
    Gauge.builder("faultline.events.behind", hub::behind)
        .description("Open streams of events that are behind: in the past, or not read")
        .register(meters);
  }

  private void later(Subscription one) {
    if (!heart.isShutdown()) {
      var unused = heart.schedule(() -> behind.add(one), 1, TimeUnit.SECONDS);
    }
  }

  /** Begins to read. */
  public void start() {
    live.start();
    past.start();
    var unused =
        heart.scheduleAtFixedRate(() -> hub.beat(System.nanoTime()), 1, 1, TimeUnit.SECONDS);
  }

  /** Whether someone can listen. */
  public boolean ready() {
    return hub.ready();
  }

  /**
   * Opens a stream.
   *
   * @param follow whether it goes on after what is there now
   * @param wake called when there is something to take from it; must not block
   * @return empty where there are as many as may be, or where Kafka has not been there yet
   */
  public Optional<Subscription> open(
      EventFilter filter, Begin begin, boolean follow, Runnable wake) {
    return hub.subscribe(filter, begin, follow, wake);
  }

  /** Ends a stream. */
  public void close(Subscription stream) {
    hub.unsubscribe(stream);
  }

  /** Ends all streams. */
  @Override
  public void close() {
    hub.close();
    heart.shutdownNow();
    live.close();
    past.close();
  }
}
