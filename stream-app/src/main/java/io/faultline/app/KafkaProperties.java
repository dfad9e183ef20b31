package io.faultline.app;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Properties of plain Kafka clients: what operators set below {@code kafka.}, and what this system
 * relies on, which wins.
 */
public final class KafkaProperties {

  /** The largest record of any topic, 16 MiB, and what stands around it. */
  static final int MAX_REQUEST_BYTES = 17 << 20;

  private KafkaProperties() {}

  /** Of an admin client. */
  public static Map<String, Object> admin(CommonSettings settings) {
    Map<String, Object> properties = new HashMap<>(settings.kafka());
    properties.keySet().removeIf(key -> !AdminClientConfig.configNames().contains(key));
    return properties;
  }

  /**
   * Of a consumer that sees committed records only and commits nothing by itself. Without a group
   * unless the caller adds one.
   */
  public static Map<String, Object> consumer(CommonSettings settings) {
    Map<String, Object> properties = new HashMap<>(settings.kafka());
    properties.keySet().removeIf(key -> !ConsumerConfig.configNames().contains(key));
    properties.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return properties;
  }

  /**
   * Of a producer that repeats and loses nothing. Without transactions unless the caller adds one.
   */
  public static Map<String, Object> producer(CommonSettings settings) {
    Map<String, Object> properties = new HashMap<>(settings.kafka());
    properties.keySet().removeIf(key -> !ProducerConfig.configNames().contains(key));
    properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    return properties;
  }
}
