package io.faultline.server.kafka;

import io.faultline.app.Worker;
import io.faultline.domain.job.JobEvent;
import io.faultline.server.events.Begin;
import io.faultline.server.events.EventHub;
import io.faultline.server.events.JobOwners;
import io.faultline.server.events.Offsets;
import io.faultline.server.events.Resumption;
import io.faultline.server.events.StreamEvent;
import io.faultline.server.events.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic again for listeners who are behind, until the hub takes them over. So many at
 * once; others wait their turn, and a long past is read in turns.
 */
final class PastReaders implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PastReaders.class);
  private static final int AT_ONCE = 16;
  private static final Duration POLL = Duration.ofMillis(250);

  /** Who reads has room sooner; who doesn't shall not keep others waiting. */
  private static final Duration ROOM_WAIT = Duration.ofSeconds(1);

  private static final long TURN_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long IDLE_SECONDS = 5;

  private final KafkaClients clients;
  private final Deserializer<JobEvent> deserializer;
  private final EventHub hub;
  private final JobOwners owners;
  private final BlockingQueue<Subscription> waiting;
  private final java.util.function.Consumer<Subscription> later;
  private final List<Worker> workers =
      IntStream.range(0, AT_ONCE).mapToObj(i -> new Worker("event-past-" + i, this::run)).toList();

  /**
   * @param waiting who is behind
   * @param later puts someone there after a pause; must not block
   */
  PastReaders(
      KafkaClients clients,
      Deserializer<JobEvent> deserializer,
      EventHub hub,
      JobOwners owners,
      BlockingQueue<Subscription> waiting,
      java.util.function.Consumer<Subscription> later) {
    this.clients = clients;
    this.deserializer = deserializer;
    this.hub = hub;
    this.owners = owners;
    this.waiting = waiting;
    this.later = later;
  }

  void start() {
    workers.forEach(Worker::start);
  }

  @Override
  public void close() {
    workers.forEach(Worker::close);
  }

  /** A consumer serves one listener after the other, and goes when nobody has needed it. */
  private void run() throws InterruptedException {
    while (true) {
      Subscription one = waiting.take();
      try (Consumer<String, byte[]> consumer = clients.eventConsumer()) {
        while (one != null) {
          serveOrPutOff(consumer, one);
          one = waiting.poll(IDLE_SECONDS, TimeUnit.SECONDS);
        }
      } catch (InterruptException e) {
        throw e;
      } catch (RuntimeException e) {
        LOG.atInfo()
            .setMessage("reading the past for a listener failed, trying again")
            .addKeyValue("reason", String.valueOf(e.getMessage()))
            .log();
        hub.leave(one);
        later.accept(one);
      }
    }
  }

  private void serveOrPutOff(Consumer<String, byte[]> consumer, Subscription one)
      throws InterruptedException {
    try {
      serve(consumer, one);
    } catch (JobOwners.UnknownOwnersException e) {
      hub.leave(one);
      later.accept(one);
    }
  }

  private void serve(Consumer<String, byte[]> consumer, Subscription one)
      throws InterruptedException {
    EventTopic topic = EventTopic.assign(consumer);
    begin(topic, one);
    long turn = System.nanoTime() + TURN_NANOS;
    while (!one.over() && !hub.join(one)) {
      if (!read(topic, one)) {
        hub.leave(one);
        one.park();
        return;
      }
      if (System.nanoTime() > turn && !waiting.isEmpty()) {
        hub.leave(one);
        waiting.add(one);
        return;
      }
    }
  }

  private static void begin(EventTopic topic, Subscription one) {
    Offsets begins = topic.begins();
    Offsets ends = topic.ends();
    Begin begin = one.from();
    Resumption at =
        begin instanceof Begin.After after
            ? Resumption.of(after.position(), begins, ends)
            : new Resumption(
                begin instanceof Begin.Since since ? topic.since(since.time(), ends) : ends,
                Optional.empty());
    topic.seek(at.from());
    one.begins(at.from(), at.reset(), ends);
  }

  /** Reads on for one; false where it has no room for what comes. */
  private boolean read(EventTopic topic, Subscription one) throws InterruptedException {
    topic
        .partitions()
        .forEach(
            p -> {
              if (one.live(p.partition())) {
                topic.consumer().pause(List.of(p));
              } else {
                topic.consumer().resume(List.of(p));
              }
            });
    List<StreamEvent> events = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : topic.consumer().poll(POLL)) {
      EventTopic.decode(deserializer, record).ifPresent(events::add);
    }
    if (one.filter().needsOwner()) {
      Set<String> missing = owners.name(events);
      if (!missing.isEmpty()) {
        JobOwners.name(events, owners.ask(missing));
      }
    }
    for (StreamEvent event : events) {
      while (!one.past(event)) {
        if (!one.awaitRoom(ROOM_WAIT)) {
          return false;
        }
      }
    }
    one.read(topic.read());
    return true;
  }
}
