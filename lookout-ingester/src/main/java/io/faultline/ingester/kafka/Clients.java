package io.faultline.ingester.kafka;

import io.faultline.app.CommonSettings;
import io.faultline.app.KafkaProperties;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's clients as the ingester uses them. */
public final class Clients {

  private Clients() {}

  /**
   * A consumer that sees what is committed, and starts at the oldest record where its position is
   * gone. The same partition of all topics goes to the same instance, so that two of them never
   * write the same row.
   *
   * @param settings the instance id is a static member id: a killed instance takes up its place
   *     when it is back
   */
  public static Consumer<byte[], byte[]> consumer(
      CommonSettings settings, String groupId, BatchLimits limits) {
    Map<String, Object> config = KafkaProperties.consumer(settings);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
    config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, settings.instanceId());
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, groupId + "-" + settings.instanceId());
    config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, limits.records());
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, (int) limits.bytes());
    config.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
    config.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
    config.putIfAbsent(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000); // finds topics made later
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** A producer for dead letters, which are as large as what was read. */
  public static Producer<byte[], byte[]> producer(CommonSettings settings, String groupId) {
    Map<String, Object> config = KafkaProperties.producer(settings);
    config.put(
        ProducerConfig.CLIENT_ID_CONFIG, groupId + "-" + settings.instanceId() + "-dead-letters");
    // a transaction of PostgreSQL may be open meanwhile
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
