package io.faultline.classifier;

import io.faultline.embedded.EmbeddedKafka;
import io.faultline.embedded.EmbeddedRegistry;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.SchemaRegistry;
import io.faultline.schemas.Topic;
import io.faultline.schemas.TopicAdmin;
import io.faultline.schemas.registry.SchemaRegistries;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker and a registry with all topics, and what a test needs to speak to them. */
final class RealKafka implements AutoCloseable {

  static final int PARTITIONS = 2;

  final EmbeddedKafka kafka = EmbeddedKafka.temporary();
  final EmbeddedRegistry registry = EmbeddedRegistry.temporary();
  private final SchemaRegistry client =
      SchemaRegistries.open(Map.of("schema.registry.url", registry.url()));
  final Codecs codecs = new Codecs(client);
  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(
          Map.of(
              "bootstrap.servers",
              kafka.bootstrapServers(),
              "linger.ms",
              0,
              "max.request.size",
              17 << 20),
          new StringSerializer(),
          new ByteArraySerializer());

  RealKafka() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      TopicAdmin.ensure(admin, PARTITIONS);
    }
  }

  /** The settings of a classifier here. */
  Map<String, String> settings(Path stateDir) {
    Map<String, String> settings = new HashMap<>();
    settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    settings.put("schema.registry.url", registry.url());
    settings.put("instance.id", "one");
    settings.put("state.dir", stateDir.toString());
    settings.put("http.token", "secret");
    return settings;
  }

  /** A classifier as a process of its own; its log is this JVM's. */
  Process process(Map<String, String> settings) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target/classifier-it.log")))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  <V> void send(Topic<V> topic, String key, V value) {
    sendBytes(topic, key, codecs.serde(topic).serializer().serialize(topic.name(), value));
  }

  void sendBytes(Topic<?> topic, String key, byte[] value) {
    try {
      producer.send(new ProducerRecord<>(topic.name(), key, value)).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Everything committed on a topic until now. */
  List<ConsumerRecord<String, byte[]>> readBytes(Topic<?> topic) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  <V> List<V> read(Topic<V> topic) {
    return readBytes(topic).stream()
        .map(r -> codecs.serde(topic).deserializer().deserialize(topic.name(), r.value()))
        .toList();
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    client.close();
    registry.close();
    kafka.close();
  }
}
