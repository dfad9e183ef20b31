package io.faultline.decider.lease;

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

/** Sends an instance's pulse to every partition of the heartbeats, at a steady pace. */
public final class PulseSender implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PulseSender.class);

  private final String key;
  private final Producer<String, byte[]> producer;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "decider-pulse");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Begins to send.
   *
   * @param kafka the settings of every Kafka client
   * @param every the pace
   */
  public PulseSender(Map<String, String> kafka, String instanceId, Duration every) {
    this.key = Pulse.key(instanceId);
    Map<String, Object> settings = new java.util.HashMap<>(kafka);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "retry-decider-pulse");
    // A pulse that can't be delivered soon is of no use: a late one proves nothing.
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    long millis = Math.max(1, every.toMillis());
    var unused = timer.scheduleWithFixedDelay(this::send, 0, millis, TimeUnit.MILLISECONDS);
  }

  private void send() {
    try {
      String topic = Topics.HEARTBEATS.name();
      for (PartitionInfo partition : producer.partitionsFor(topic)) {
        ProducerRecord<String, byte[]> pulse =
            new ProducerRecord<>(topic, partition.partition(), key, null);
        Pulse.sentAt(pulse.headers(), System.currentTimeMillis());
        var unused = producer.send(pulse);
      }
    } catch (KafkaException e) {
      log.atWarn().setMessage("pulse not sent").addKeyValue("error", e.getMessage()).log();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    producer.close(Duration.ZERO);
  }
}
