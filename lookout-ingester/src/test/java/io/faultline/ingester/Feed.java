package io.faultline.ingester;

import io.faultline.domain.job.JobIdentity;
import io.faultline.ingester.plan.Message;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.SchemaRegistry;
import io.faultline.schemas.Topic;
import io.faultline.schemas.TopicAdmin;
import io.faultline.schemas.Topics;
import io.faultline.schemas.registry.SchemaRegistries;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts messages on their topics as the other services do, and reads dead letters. */
final class Feed implements AutoCloseable {

  private final String kafka;
  private final SchemaRegistry registry;
  private final Codecs codecs;
  private final Producer<byte[], byte[]> producer;

  Feed(String kafka, String registryUrl) {
    this.kafka = kafka;
    registry = SchemaRegistries.open(Map.of("schema.registry.url", registryUrl));
    codecs = new Codecs(registry);
    producer = producer(Map.of());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      TopicAdmin.ensure(admin, 4);
    }
  }

  /** A producer beside the feed's own. */
  Producer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("bootstrap.servers", kafka);
    config.put("acks", "all");
    config.put("max.request.size", 20 << 20);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Sends messages and waits until they are there. */
  void send(Iterable<? extends Message> messages) {
    send(producer, messages);
  }

  /** Sends messages with a producer that {@link #producer} made. */
  void send(Producer<byte[], byte[]> with, Iterable<? extends Message> messages) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    messages.forEach(message -> sent.add(with.send(record(message))));
    with.flush();
    for (Future<RecordMetadata> acknowledged : sent) {
      try {
        acknowledged.get();
      } catch (ExecutionException | InterruptedException e) {
        throw new IllegalStateException("not acknowledged", e);
      }
    }
  }

  /** A message as a record. */
  ProducerRecord<byte[], byte[]> record(Message message) {
    if (message instanceof Message.Event event) {
      return record(Topics.JOB_EVENTS, event.event().job(), event.event());
    } else if (message instanceof Message.Failure failure) {
      return record(Topics.CLASSIFIED_ERRORS, failure.error().error().job(), failure.error());
    } else if (message instanceof Message.Decided decided) {
      return record(Topics.DECISIONS, decided.decision().job(), decided.decision());
    }
    throw new IllegalArgumentException("no topic for " + message);
  }

  /** Sends bytes as they are; where they went. */
  TopicPartition sendRaw(Topic<?> topic, byte[] value) throws Exception {
    var sent =
        producer
            .send(new ProducerRecord<>(topic.name(), "raw".getBytes(StandardCharsets.UTF_8), value))
            .get();
    return new TopicPartition(sent.topic(), sent.partition());
  }

  /** All dead letters so far, with reason and first words of the error: {@code reason: error}. */
  List<String> deadLetters() {
    List<String> letters = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : deadLetterRecords()) {
      letters.add(header(record, "dl-reason") + ": " + header(record, "dl-error"));
    }
    return letters;
  }

  List<ConsumerRecord<byte[], byte[]>> deadLetterRecords() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka, "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (PartitionInfo info : consumer.partitionsFor(Topics.DEAD_LETTERS.name())) {
        partitions.add(new TopicPartition(info.topic(), info.partition()));
      }
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
    registry.close();
  }

  private <V> ProducerRecord<byte[], byte[]> record(Topic<V> topic, JobIdentity job, V value) {
    return new ProducerRecord<>(
        topic.name(),
        job.recordKey().getBytes(StandardCharsets.UTF_8),
        codecs.serde(topic).serializer().serialize(topic.name(), value));
  }
}
