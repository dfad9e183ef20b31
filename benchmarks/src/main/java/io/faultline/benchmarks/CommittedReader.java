package io.faultline.benchmarks;

import io.faultline.app.TopicPartitions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads topics from their beginnings on, with read_committed; by one thread. */
public final class CommittedReader implements AutoCloseable {

  private final KafkaConsumer<String, byte[]> consumer;

  /** Of topics that are there. */
  public CommittedReader(String bootstrapServers, String... topics) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "max.poll.records",
                5_000,
                "fetch.max.wait.ms",
                500,
                "enable.auto.commit",
                false),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Stream.of(topics).flatMap(topic -> TopicPartitions.of(consumer, topic).stream()).toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Hands over what has come, waiting 50 ms at most. */
  public void poll(Consumer<ConsumerRecord<String, byte[]>> taker) {
    consumer.poll(Duration.ofMillis(50)).forEach(taker);
  }

  /** Whether all has been handed over that could be read when this was asked. */
  public boolean atEnd() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
  }
}
