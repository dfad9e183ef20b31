package io.faultline.decider.lease;

import io.faultline.app.CommonSettings;
import io.faultline.app.KafkaProperties;
import io.faultline.app.Worker;
import io.faultline.schemas.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends an instance's pulse to every partition of the heartbeats, at a steady pace. One that can't
 * be sent is dropped: its absence says what there is to say.
 */
public final class PulseSender implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PulseSender.class);

  private final CommonSettings settings;
  private final String key;
  private final Duration every;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Worker.threads("decider-pulse"));
  private Producer<String, byte[]> producer;

  /**
   * Sends once started.
   *
   * @param every the pace
   */
  public PulseSender(CommonSettings settings, Duration every) {
    this.settings = settings;
    this.key = Pulse.key(settings.instanceId());
    this.every = every;
  }

  /** Begins, and returns at once. */
  @SuppressWarnings("FutureReturnValueIgnored") // it runs until the timer is shut down
  public void start() {
    timer.scheduleWithFixedDelay(this::send, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      if (timer.awaitTermination(5, TimeUnit.SECONDS) && producer != null) {
        producer.close(Duration.ZERO);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send() {
    try {
      if (producer == null) {
        producer = open();
      }
      String topic = Topics.HEARTBEATS.name();
      for (PartitionInfo partition : producer.partitionsFor(topic)) {
        ProducerRecord<String, byte[]> pulse =
            new ProducerRecord<>(topic, partition.partition(), key, null);
        Pulse.sentAt(pulse.headers(), System.currentTimeMillis());
        var unused = producer.send(pulse);
      }
    } catch (KafkaException e) {
      log.atDebug().setMessage("pulse could not be sent").setCause(e).log();
    }
  }

  private Producer<String, byte[]> open() {
    Map<String, Object> properties = KafkaProperties.producer(settings);
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, "retry-decider-pulse");
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 3_000);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
  }
}
