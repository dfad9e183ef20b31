package io.faultline.server.kafka;

import io.faultline.app.TopicPartitions;
import io.faultline.app.Worker;
import io.faultline.domain.resource.ServiceStatus;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topics;
import io.faultline.schemas.UndecodableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what each instance of each service says it has in force. */
public final class StatusBoard implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StatusBoard.class);
  private static final Duration SILENT_AFTER = Duration.ofSeconds(10);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final KafkaClients clients;
  private final Deserializer<ServiceStatus> deserializer;
  private final Map<String, Heard> heard = new ConcurrentHashMap<>();
  private final Worker worker;

  private volatile Instant newest = Instant.EPOCH;
  private volatile long newestNanos = System.nanoTime();

  /** By the broker's clock, so that a wrong one somewhere makes nobody silent. */
  private record Heard(ServiceStatus status, Instant appendedAt) {}

  /** Does nothing until started. */
  public StatusBoard(KafkaClients clients, Codecs codecs) {
    this.clients = clients;
    this.deserializer = codecs.serde(Topics.SERVICE_STATUS).deserializer();
    this.worker = new Worker("status-board", this::run);
  }

  /** Begins to read. */
  public void start() {
    worker.start();
  }

  /**
   * The instances that were heard of in the ten seconds before the newest word of all, by service
   * and instance. This server says a word every second itself; where even that is not heard for ten
   * seconds nobody is live.
   */
  public List<ServiceStatus> live() {
    if (System.nanoTime() - newestNanos > SILENT_AFTER.toNanos()) {
      return List.of();
    }
    Instant since = newest.minus(SILENT_AFTER);
    return heard.values().stream()
        .filter(h -> !h.appendedAt().isBefore(since))
        .map(Heard::status)
        .sorted(Comparator.comparing(ServiceStatus::recordKey))
        .toList();
  }

  @Override
  public void close() {
    worker.close();
  }

  private void run() throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      try (Consumer<String, byte[]> consumer = clients.consumer()) {
        follow(consumer);
      } catch (InterruptException e) {
        throw e;
      } catch (KafkaException e) {
        LOG.atWarn()
            .setMessage("reading service-status failed, trying again")
            .addKeyValue("reason", String.valueOf(e.getMessage()))
            .log();
      }
      Thread.sleep(PAUSE_AFTER_FAILURE.toMillis());
    }
  }

  private void follow(Consumer<String, byte[]> consumer) {
    List<TopicPartition> partitions = TopicPartitions.of(consumer, Topics.SERVICE_STATUS.name());
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    while (!Thread.currentThread().isInterrupted()) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(500))) {
        note(record);
      }
    }
  }

  private void note(ConsumerRecord<String, byte[]> record) {
    Instant appendedAt = Instant.ofEpochMilli(record.timestamp());
    newest = appendedAt.isAfter(newest) ? appendedAt : newest;
    newestNanos = System.nanoTime();
    try {
      ServiceStatus status = deserializer.deserialize(record.topic(), record.value());
      if (status == null) {
        heard.remove(record.key());
      } else {
        heard.put(record.key(), new Heard(status, appendedAt));
      }
    } catch (UndecodableException e) {
      LOG.atWarn()
          .setMessage("a service-status can't be read, passing over it")
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .addKeyValue("reason", e.reason().word())
          .log();
    }
  }
}
