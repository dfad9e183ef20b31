package io.faultline.pipeline;

import io.faultline.schemas.Topic;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes values to their topics. */
final class Sender implements AutoCloseable {

  private final Values values;
  private final KafkaProducer<String, byte[]> producer;

  Sender(String bootstrapServers, Values values) {
    this.values = values;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  <V> Future<RecordMetadata> send(Topic<V> topic, String key, V value) {
    return producer.send(new ProducerRecord<>(topic.name(), key, values.bytes(topic, value)));
  }

  @Override
  public void close() {
    producer.close();
  }
}
