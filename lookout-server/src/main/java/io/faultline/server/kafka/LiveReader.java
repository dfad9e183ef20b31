package io.faultline.server.kafka;

import io.faultline.app.Worker;
import io.faultline.domain.job.JobEvent;
import io.faultline.server.events.EventHub;
import io.faultline.server.events.JobOwners;
import io.faultline.server.events.Offsets;
import io.faultline.server.events.StreamEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic of job events for all listeners of this server: each event is fetched, decoded
 * and made text of once, however many there are.
 */
final class LiveReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveReader.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  /** Nobody else's events wait longer for PostgreSQL; who needs it is behind then. */
  private static final long OWNERS_MILLIS = 500;

  private final KafkaClients clients;
  private final Deserializer<JobEvent> deserializer;
  private final EventHub hub;
  private final JobOwners owners;
  private final ExecutorService asking =
      Executors.newSingleThreadExecutor(Worker.threads("event-owners"));
  private final Worker worker = new Worker("event-reader", this::run);

  LiveReader(
      KafkaClients clients, Deserializer<JobEvent> deserializer, EventHub hub, JobOwners owners) {
    this.clients = clients;
    this.deserializer = deserializer;
    this.hub = hub;
    this.owners = owners;
  }

  void start() {
    worker.start();
  }

  @Override
  public void close() {
    worker.close();
    asking.shutdownNow();
  }

  private void run() throws InterruptedException {
    while (true) {
      try (Consumer<String, byte[]> consumer = clients.eventConsumer()) {
        follow(EventTopic.assign(consumer));
      } catch (InterruptException e) {
        throw e;
      } catch (RuntimeException e) {
        LOG.atWarn()
            .setMessage("reading job events failed, trying again")
            .addKeyValue("reason", String.valueOf(e.getMessage()))
            .log();
      }
      Thread.sleep(PAUSE_AFTER_FAILURE.toMillis());
    }
  }

  private void follow(EventTopic topic) throws InterruptedException {
    Offsets ends = topic.ends();
    topic.seek(hub.begin(topic.begins(), ends));
    while (true) {
      List<StreamEvent> events = new ArrayList<>();
      for (ConsumerRecord<String, byte[]> record : topic.consumer().poll(POLL)) {
        if (!events.isEmpty() || !hub.passes(record.partition(), record.offset())) {
          EventTopic.decode(deserializer, record).ifPresent(events::add);
        }
      }
      if (hub.needsOwner()) {
        nameOwners(events);
      }
      events.forEach(hub::happens);
      hub.read(topic.read());
    }
  }

  /** Leaves the owners unknown where PostgreSQL does not say them soon enough. */
  private void nameOwners(List<StreamEvent> events) throws InterruptedException {
    Set<String> missing = owners.name(events);
    if (missing.isEmpty()) {
      return;
    }
    Future<Map<String, String>> asked = asking.submit(() -> owners.ask(missing));
    try {
      JobOwners.name(events, asked.get(OWNERS_MILLIS, TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      asked.cancel(true);
      LOG.atInfo()
          .setMessage("the owners of jobs are not known in time")
          .addKeyValue("jobs", missing.size())
          .addKeyValue("reason", String.valueOf(e.getMessage()))
          .log();
    }
  }
}
