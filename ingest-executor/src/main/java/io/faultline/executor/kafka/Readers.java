package io.faultline.executor.kafka;

import io.faultline.app.CommonSettings;
import io.faultline.app.KafkaProperties;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers without a group, and where topics end. */
final class Readers {

  private static final Duration LONG_WAIT = Duration.ofMillis(500);
  private static final Duration SHORT_WAIT = Duration.ofMillis(5);

  private Readers() {}

  /** One that sees committed records only. */
  static KafkaConsumer<byte[], byte[]> committed(CommonSettings common, int fetchBytes) {
    return consumer(common, "read_committed", fetchBytes, LONG_WAIT);
  }

  /**
   * One that sees committed records only, and goes from place to place: a request that waits for
   * news at the end of one partition would hold up the next one to the same broker.
   */
  static KafkaConsumer<byte[], byte[]> roaming(CommonSettings common, int fetchBytes) {
    return consumer(common, "read_committed", fetchBytes, SHORT_WAIT);
  }

  private static KafkaConsumer<byte[], byte[]> consumer(
      CommonSettings common, String isolation, int fetchBytes, Duration wait) {
    Map<String, Object> properties = KafkaProperties.consumer(common);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, fetchBytes);
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) wait.toMillis());
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 9_000);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * Where partitions end now, whatever is in transactions that are still open counted in: a reader
   * of committed records who has come that far has seen all that was committed before.
   */
  static Map<TopicPartition, Long> ends(CommonSettings common, List<TopicPartition> partitions) {
    try (Consumer<byte[], byte[]> any = consumer(common, "read_uncommitted", 1 << 16, LONG_WAIT)) {
      any.assign(partitions);
      return any.endOffsets(partitions);
    }
  }

  /** Those partitions that the consumer has not read up to these ends yet. */
  static Map<TopicPartition, Long> unread(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> unread = new HashMap<>(ends);
    Predicate<Map.Entry<TopicPartition, Long>> read =
        end -> consumer.position(end.getKey()) >= end.getValue();
    unread.entrySet().removeIf(read);
    return unread;
  }
}
