package io.faultline.server.kafka;

import io.faultline.app.CommonSettings;
import io.faultline.app.KafkaProperties;
import io.faultline.schemas.Topics;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Makes Kafka's clients: with what every service relies on, and with bounds on how long each waits,
 * because someone waits for the answer.
 *
 * @param settings what every service is told
 */
public record KafkaClients(CommonSettings settings) {

  /** The topics that this server reads and writes. */
  public static final Set<String> TOPICS =
      Set.of(
          Topics.JOB_SPECS.name(),
          Topics.JOB_COMMANDS.name(),
          Topics.JOB_EVENTS.name(),
          Topics.RESOURCES.name(),
          Topics.RESOURCE_REVISIONS.name(),
          Topics.SERVICE_STATUS.name());

  /**
   * A producer that says within ten seconds whether a record is there: all replicas, no repeats, in
   * order.
   */
  Producer<String, byte[]> producer() {
    return new KafkaProducer<>(producerConfig(), new StringSerializer(), new ByteArraySerializer());
  }

  /** A producer whose id fences any earlier one. */
  Producer<String, byte[]> transactionalProducer(String transactionalId) {
    Map<String, Object> config = producerConfig();
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 15_000);
    return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
  }

  /** A consumer without a group, of committed records, from the beginning where told no place. */
  Consumer<String, byte[]> consumer() {
    return consumer(Map.of());
  }

  /**
   * A consumer that fails where the place it was told is not there. There may be many, so that what
   * one fetches at once is little.
   */
  Consumer<String, byte[]> eventConsumer() {
    return consumer(
        Map.of(
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "none",
            ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
            4 << 20,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            512 << 10));
  }

  private Consumer<String, byte[]> consumer(Map<String, Object> besides) {
    Map<String, Object> config = KafkaProperties.consumer(settings);
    config.putAll(besides);
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 250);
    config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
    return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
  }

  private Map<String, Object> producerConfig() {
    Map<String, Object> config = KafkaProperties.producer(settings);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 1);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 6_000);
    return config;
  }
}
