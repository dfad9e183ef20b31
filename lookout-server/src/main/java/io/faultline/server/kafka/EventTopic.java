package io.faultline.server.kafka;

import io.faultline.app.TopicPartitions;
import io.faultline.domain.job.JobEvent;
import io.faultline.schemas.Topics;
import io.faultline.schemas.UndecodableException;
import io.faultline.server.events.Offsets;
import io.faultline.server.events.StreamEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic of job events as one consumer sees it: all partitions, committed records only.
 *
 * @param consumer without a group; assigned to all partitions
 * @param partitions by number
 */
record EventTopic(Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {

  private static final Logger LOG = LoggerFactory.getLogger(EventTopic.class);
  private static final String NAME = Topics.JOB_EVENTS.name();

  /**
   * Assigns all partitions.
   *
   * @throws KafkaException where the topic is not there yet
   */
  static EventTopic assign(Consumer<String, byte[]> consumer) {
    List<TopicPartition> partitions = TopicPartitions.of(consumer, NAME);
    consumer.assign(partitions);
    return new EventTopic(consumer, partitions);
  }

  /** The earliest offset kept of each partition. */
  Offsets begins() {
    return offsets(consumer.beginningOffsets(partitions)::get);
  }

  /** The offset after the last committed record of each partition. */
  Offsets ends() {
    return offsets(consumer.endOffsets(partitions)::get);
  }

  /** The first offset that was appended at a time or later; the end where there is none. */
  Offsets since(Instant time, Offsets ends) {
    Map<TopicPartition, OffsetAndTimestamp> found =
        consumer.offsetsForTimes(
            partitions.stream().collect(Collectors.toMap(p -> p, p -> time.toEpochMilli())));
    return offsets(
        p -> found.get(p) == null ? ends.at(p.partition()) : (Long) found.get(p).offset());
  }

  /** Goes on at these offsets. */
  void seek(Offsets from) {
    partitions.forEach(p -> consumer.seek(p, from.at(p.partition())));
  }

  /** How far what was polled goes, what is no event included. */
  Offsets read() {
    return offsets(consumer::position);
  }

  private Offsets offsets(Function<TopicPartition, Long> of) {
    return new Offsets(partitions.stream().mapToLong(of::apply).toArray());
  }

  /** The event of a record; empty where it is none. */
  static Optional<StreamEvent> decode(
      Deserializer<JobEvent> deserializer, ConsumerRecord<String, byte[]> record) {
    try {
      return Optional.ofNullable(deserializer.deserialize(NAME, record.value()))
          .map(event -> new StreamEvent(record.partition(), record.offset(), event));
    } catch (UndecodableException e) {
      LOG.atWarn()
          .setMessage("a job event can't be read, passing over it")
          .addKeyValue("topic", NAME)
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .addKeyValue("reason", e.reason().word())
          .log();
      return Optional.empty();
    }
  }
}
