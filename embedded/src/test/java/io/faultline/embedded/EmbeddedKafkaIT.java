package io.faultline.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class EmbeddedKafkaIT {

  @TempDir Path folder;

  @Test
  void aRecordOfSixteenMebibytesIsTakenAndReadBack() throws Exception {
    try (var kafka = EmbeddedKafka.temporary()) {
      makeTopic(kafka.bootstrapServers(), "large");
      byte[] large = new byte[16 << 20];
      large[large.length - 1] = 7;
      produce(kafka.bootstrapServers(), "large", List.of(large));
      assertThat(read(kafka.bootstrapServers(), "large", 1)).containsExactly(large);
    }
  }

  @Test
  void recordsAndAddressAreFoundAgainAfterTheJvmIsKilled() throws Exception {
    String address;
    int acknowledged;
    try (ChildJvm child = new ChildJvm(Broker.class, folder)) {
      address = child.awaitLine("address");
      makeTopic(address, "kept");
      acknowledged = 1_000;
      produce(address, "kept", numbered(acknowledged));
      child.kill();
    }
    try (var kafka = EmbeddedKafka.start(folder)) {
      assertThat(kafka.bootstrapServers()).isEqualTo(address);
      assertThat(read(address, "kept", acknowledged)).hasSize(acknowledged);
    }
  }

  @Test
  void itComesBackOnTheSamePortAfterStop() throws Exception {
    try (var kafka = EmbeddedKafka.temporary()) {
      makeTopic(kafka.bootstrapServers(), "again");
      produce(kafka.bootstrapServers(), "again", numbered(1));
      kafka.stop();
      assertThat(Ports.isFree(kafka.port())).isTrue();
      kafka.start();
      produce(kafka.bootstrapServers(), "again", numbered(1));
      assertThat(read(kafka.bootstrapServers(), "again", 2)).hasSize(2);
    }
  }

  @Test
  void aPortInUseIsRefusedByItsNumber() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedKafka.start(folder, taken.getLocalPort()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("in use");
    }
  }

  /** A broker in a JVM that is killed. */
  static final class Broker {
    public static void main(String[] args) throws Exception {
      System.out.println("address " + EmbeddedKafka.start(Path.of(args[0])).bootstrapServers());
      Thread.currentThread().join();
    }
  }

  private static void makeTopic(String address, String name) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
      NewTopic topic = new NewTopic(name, 1, (short) 1);
      topic.configs(Map.of("max.message.bytes", Integer.toString(17 << 20)));
      admin.createTopics(List.of(topic)).all().get();
    }
  }

  private static List<byte[]> numbered(int count) {
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(new byte[] {(byte) i});
    }
    return values;
  }

  private static void produce(String address, String topic, List<byte[]> values) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", address, "acks", "all", "max.request.size", 17 << 20),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<java.util.concurrent.Future<?>> sent = new ArrayList<>();
      for (byte[] value : values) {
        sent.add(producer.send(new ProducerRecord<>(topic, value)));
      }
      for (var one : sent) {
        one.get();
      }
    }
  }

  private static List<byte[]> read(String address, String topic, int count) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", address, "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      List<byte[]> values = new ArrayList<>();
      while (values.size() < count) {
        consumer.poll(Duration.ofMillis(200)).forEach(r -> values.add(r.value()));
      }
      return values;
    }
  }
}
