package io.faultline.app;

import io.faultline.domain.job.Heartbeat;
import io.faultline.embedded.EmbeddedKafka;
import io.faultline.schemas.TopicAdmin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What tests on a real broker do again and again. */
final class Parts {

  private Parts() {}

  static CommonSettings settings(String kafka, String registry, Path stateDir) {
    return new CommonSettings(
        Map.of("bootstrap.servers", kafka),
        Map.of("schema.registry.url", registry),
        "one",
        stateDir,
        new CommonSettings.Http("127.0.0.1", 0, "token"));
  }

  /** The topics of the catalogue, and others of one partition. */
  static void makeTopics(EmbeddedKafka kafka, String... others) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      TopicAdmin.ensure(admin, 2);
      List<NewTopic> topics = new ArrayList<>();
      for (String name : others) {
        topics.add(new NewTopic(name, Optional.of(1), Optional.empty()));
      }
      admin.createTopics(topics).all().get();
    }
  }

  static void produce(EmbeddedKafka kafka, String topic, String key, byte[] value) {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value)).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /** All committed records of a topic that are there now. */
  static List<ConsumerRecord<byte[], byte[]>> committed(EmbeddedKafka kafka, String topic) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  static Heartbeat heartbeat(String executor) {
    return new Heartbeat(executor, "here", Instant.parse("2026-01-01T00:00:00Z"), 1_000);
  }
}
