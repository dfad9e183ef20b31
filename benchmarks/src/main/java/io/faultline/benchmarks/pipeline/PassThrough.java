package io.faultline.benchmarks.pipeline;

import io.faultline.benchmarks.Broker;
import io.faultline.benchmarks.CommittedReader;
import io.faultline.benchmarks.WorkFolder;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/** What Kafka alone takes: two streams, one behind the other, that hand on bytes as they are. */
final class PassThrough {

  private static final List<String> TOPICS = List.of("bench-in", "bench-between", "bench-out");

  private final String broker;

  PassThrough(String broker) {
    this.broker = broker;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
      admin
          .createTopics(
              TOPICS.stream().map(t -> new NewTopic(t, Broker.PARTITIONS, (short) 1)).toList())
          .all()
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    }
  }

  /** How fast they come out, once all have been put in. */
  Speed.Result handOn(List<byte[]> values)
      throws IOException, ExecutionException, InterruptedException {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker, "linger.ms", 1, "compression.type", "lz4"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < values.size(); i++) {
        Future<?> sent =
            producer.send(
                new ProducerRecord<>(TOPICS.get(0), i % Broker.PARTITIONS, null, values.get(i)));
        if (i < Broker.PARTITIONS) {
          // a new partition may refuse the first batch and take the second, which is then never
          // mended: its order is broken
          sent.get();
        }
      }
    }
    try (WorkFolder folder = WorkFolder.make();
        KafkaStreams first = streams(folder, 0);
        KafkaStreams second = streams(folder, 1)) {
      second.start();
      first.start();
      return speed(values.size());
    }
  }

  private Speed.Result speed(int count) {
    try (CommittedReader reader = new CommittedReader(broker, TOPICS.get(2))) {
      Speed speed = new Speed(count / 100);
      while (speed.counted() < count) {
        reader.poll(record -> speed.count());
      }
      return speed.result();
    }
  }

  /** Set as the product's streams are while they are behind. */
  private KafkaStreams streams(WorkFolder folder, int step) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(TOPICS.get(step), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .to(TOPICS.get(step + 1), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
    Map<String, Object> p = new HashMap<>();
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, "bench-" + step);
    p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, broker);
    p.put(StreamsConfig.STATE_DIR_CONFIG, folder.path().toString());
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 250);
    p.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 64 << 10);
    p.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 40);
    return new KafkaStreams(builder.build(), new StreamsConfig(p));
  }
}
