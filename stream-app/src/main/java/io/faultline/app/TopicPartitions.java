package io.faultline.app;

import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** All partitions of a topic, for readers that belong to no group. */
public final class TopicPartitions {

  private TopicPartitions() {}

  /**
   * By number.
   *
   * @throws UnknownTopicOrPartitionException where the topic is not there, or not yet
   */
  public static List<TopicPartition> of(Consumer<?, ?> consumer, String topic) {
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    if (found == null || found.isEmpty()) {
      throw new UnknownTopicOrPartitionException("topic " + topic + " is not there yet");
    }
    return found.stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .sorted(Comparator.comparing(TopicPartition::partition))
        .toList();
  }
}
