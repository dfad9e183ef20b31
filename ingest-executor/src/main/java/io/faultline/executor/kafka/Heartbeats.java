package io.faultline.executor.kafka;

import io.faultline.app.CommonSettings;
import io.faultline.app.KafkaProperties;
import io.faultline.domain.job.Heartbeat;
import io.faultline.executor.ExecutorSettings;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says to every partition that the executor lives. Counts from when a sign was sent, once all
 * partitions have acknowledged it; after too long a silence says so, once.
 */
final class Heartbeats implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Heartbeats.class);
  private static final int BLOCK_MILLIS = 2_000;

  private final CommonSettings common;
  private final ExecutorSettings settings;
  private final Codecs codecs;
  private final Clock clock;
  private final Runnable heard;
  private final Runnable silent;
  private final Thread thread = new Thread(this::run, "executor-heartbeats");
  private volatile boolean closed;
  private volatile long heardNanos = System.nanoTime();
  private volatile boolean silenced;

  /**
   * Begins once started.
   *
   * @param heard what to do each time all partitions acknowledged
   * @param silent what to do when they have not for {@code stopsAfter}
   */
  Heartbeats(
      ExecutorSettings settings, Codecs codecs, Clock clock, Runnable heard, Runnable silent) {
    this.common = settings.common();
    this.settings = settings;
    this.codecs = codecs;
    this.clock = clock;
    this.heard = heard;
    this.silent = silent;
    thread.setDaemon(true);
  }

  void start() {
    heardNanos = System.nanoTime();
    thread.start();
  }

  /** How long ago the last acknowledged sign was sent. */
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - heardNanos);
  }

  private void run() {
    KafkaProducer<byte[], byte[]> producer = null;
    while (!closed) {
      long began = System.nanoTime();
      try {
        producer = producer == null ? producer() : producer;
        beat(producer);
      } catch (InterruptException e) {
        break;
      } catch (KafkaException e) {
        log.atDebug().setMessage("no heartbeat").addKeyValue("problem", e.toString()).log();
      } catch (RuntimeException e) {
        log.atError().setMessage("no heartbeat").setCause(e).log();
      }
      if (!listen(began)) {
        break;
      }
    }
    if (producer != null) {
      producer.close(Duration.ofSeconds(1));
    }
  }

  /** Until the next beat is due; looks at the silence meanwhile. */
  private boolean listen(long began) {
    long due = began + settings.heartbeatInterval().toNanos();
    while (!closed) {
      if (silence().compareTo(settings.stopsAfter()) < 0) {
        silenced = false;
      } else if (!silenced) {
        silenced = true;
        log.atError()
            .setMessage("no heartbeat was acknowledged for too long, runs are ended")
            .addKeyValue("silentMillis", silence().toMillis())
            .log();
        silent.run();
      }
      long left = TimeUnit.NANOSECONDS.toMillis(due - System.nanoTime());
      if (left <= 0) {
        return true;
      }
      try {
        Thread.sleep(Math.min(left, 250));
      } catch (InterruptedException e) {
        return false;
      }
    }
    return false;
  }

  private void beat(KafkaProducer<byte[], byte[]> producer) {
    List<PartitionInfo> partitions = producer.partitionsFor(Topics.HEARTBEATS.name());
    long sent = System.nanoTime();
    byte[] key = settings.id().getBytes(StandardCharsets.UTF_8);
    byte[] value = value();
    AtomicInteger missing = new AtomicInteger(partitions.size());
    for (PartitionInfo partition : partitions) {
      var unused =
          producer.send(
              new ProducerRecord<>(partition.topic(), partition.partition(), key, value),
              (metadata, problem) -> {
                if (problem == null && missing.decrementAndGet() == 0) {
                  acknowledged(sent);
                }
              });
    }
  }

  private void acknowledged(long sent) {
    if (sent - heardNanos > 0) {
      heardNanos = sent;
    }
    // late acknowledgements must not renew what has run out
    if (silence().compareTo(settings.stopsAfter()) < 0) {
      heard.run();
    }
  }

  private byte[] value() {
    try (var serializer = codecs.serde(Topics.HEARTBEATS).serializer()) {
      return serializer.serialize(
          Topics.HEARTBEATS.name(),
          new Heartbeat(
              settings.id(),
              settings.cluster(),
              clock.instant(),
              settings.stopsAfter().toMillis()));
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> properties = KafkaProperties.producer(common);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, BLOCK_MILLIS);
    // an old sign of life is worth nothing
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * BLOCK_MILLIS);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
