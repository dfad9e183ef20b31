package io.faultline.app;

import io.faultline.domain.resource.Resource;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topics;
import io.faultline.schemas.UndecodableException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topic of resources: reads all of it, then what comes, for ever. What is in force is
 * one immutable snapshot, replaced as a whole.
 *
 * <p>A body that can't be read leaves the last good one in force, and is reported. While Kafka is
 * away, what is known stays in force.
 */
public final class ResourceFollower implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ResourceFollower.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final long PAUSE_MILLIS = 1_000;
  private static final long CLOSE_MILLIS = 3_000;

  private final String service;
  private final CommonSettings settings;
  private final Deserializer<Resource> codec;
  private final ResourceParser parser;
  private final Thread thread;
  private volatile ResourcesInForce inForce = ResourcesInForce.NONE;
  private volatile boolean caughtUp;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private Consumer<String, byte[]> consumer;

  /**
   * Follows once started.
   *
   * @param service the service's name, for logs and threads
   * @param codecs decode the records
   * @param parser makes values of bodies
   * @param metrics gets the revision in force and the number of broken resources
   */
  public ResourceFollower(
      String service,
      CommonSettings settings,
      Codecs codecs,
      ResourceParser parser,
      MeterRegistry metrics) {
    this.service = service;
    this.settings = settings;
    this.codec = codecs.serde(Topics.RESOURCES).deserializer();
    this.parser = parser;
    this.thread = new Thread(this::follow, service + "-resources");
    thread.setDaemon(true);
    Gauge.builder("faultline.resources.revision", () -> inForce.revision())
        .description("the highest revision of any resource in force")
        .tag("service", service)
        .register(metrics);
    Gauge.builder("faultline.resources.broken", () -> inForce.broken().size())
        .description("resources whose newest revision can't be read")
        .tag("service", service)
        .register(metrics);
  }

  /** Begins to follow, and returns at once. */
  public void start() {
    thread.start();
  }

  /** What is in force now. */
  public ResourcesInForce inForce() {
    return inForce;
  }

  /** Whether everything that was there at the start has been read. Once true, it stays. */
  public boolean caughtUp() {
    return caughtUp;
  }

  @Override
  public void close() {
    closed.countDown();
    synchronized (this) {
      if (consumer != null) {
        consumer.wakeup();
      }
    }
    try {
      thread.join(CLOSE_MILLIS);
      // it may be waiting for the registry, which hears only this
      thread.interrupt();
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    while (!isClosed()) {
      try (Consumer<String, byte[]> opened = open()) {
        read(opened);
      } catch (RuntimeException e) {
        if (!isClosed()) {
          pause(e);
        }
      } finally {
        synchronized (this) {
          consumer = null;
        }
      }
    }
  }

  private Consumer<String, byte[]> open() {
    Consumer<String, byte[]> opened =
        new KafkaConsumer<>(
            KafkaProperties.consumer(settings),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    synchronized (this) {
      consumer = opened;
    }
    return opened;
  }

  private void read(Consumer<String, byte[]> consumer) {
    List<TopicPartition> partitions = TopicPartitions.of(consumer, Topics.RESOURCES.name());
    consumer.assign(partitions);
    partitions.forEach(p -> consumer.seek(p, positions.getOrDefault(p, 0L)));
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    boolean reading = true;
    while (!isClosed()) {
      consumer.poll(POLL).forEach(this::take);
      partitions.forEach(p -> positions.put(p, consumer.position(p)));
      if (reading && ends.entrySet().stream().allMatch(e -> passed(consumer, e))) {
        reading = false;
        if (!caughtUp) {
          caughtUp = true;
          log.atInfo()
              .setMessage("resources have been read")
              .addKeyValue("service", service)
              .addKeyValue("revision", inForce.revision())
              .addKeyValue("resources", inForce.entries().size())
              .log();
        }
      }
    }
  }

  private static boolean passed(
      Consumer<String, byte[]> consumer, Map.Entry<TopicPartition, Long> end) {
    return consumer.position(end.getKey()) >= end.getValue();
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    Resource resource;
    try {
      resource = codec.deserialize(record.topic(), record.value());
    } catch (UndecodableException e) {
      report(record, "resource can't be decoded, it is passed over", e);
      return;
    }
    ResourcesInForce before = inForce;
    if (resource == null) {
      inForce = before.without(record.key(), before.revision());
    } else if (olderThanInForce(before, resource)) {
      return;
    } else if (resource.deleted()) {
      inForce = before.without(resource.key(), resource.revision());
    } else {
      try {
        inForce = before.with(resource.key(), resource.revision(), parser.parse(resource));
      } catch (RuntimeException e) {
        report(record, "resource can't be read, the last good one stays in force", e);
        inForce =
            before.withBroken(resource.key(), resource.revision(), String.valueOf(e.getMessage()));
      }
    }
  }

  /** Where the topic had to be read again from its start: what is known is not undone. */
  private static boolean olderThanInForce(ResourcesInForce before, Resource resource) {
    ResourcesInForce.Entry entry = before.entries().get(resource.key());
    return entry != null && entry.revision() >= resource.revision();
  }

  private void report(ConsumerRecord<String, byte[]> record, String what, RuntimeException e) {
    log.atError()
        .setMessage(what)
        .addKeyValue("service", service)
        .addKeyValue("resource", record.key())
        .addKeyValue("partition", record.partition())
        .addKeyValue("offset", record.offset())
        .addKeyValue("error", e.getMessage())
        .log();
  }

  private void pause(RuntimeException why) {
    log.atWarn()
        .setMessage("resources can't be followed now, trying again")
        .addKeyValue("service", service)
        .addKeyValue("error", why.toString())
        .log();
    try {
      boolean woken = closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      if (woken) {
        log.atDebug().setMessage("closed while waiting").addKeyValue("service", service).log();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }
}
