package io.faultline.decider;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Deletes a job's spec where it stands.
 *
 * @param partition the partition that the spec is on, which follows from the job's record key and
 *     not from the key on that topic
 */
record SpecTombstone(int partition) {

  static final StreamPartitioner<String, SpecTombstone> PARTITIONER =
      (topic, key, tombstone, partitions) -> Optional.of(Set.of(tombstone.partition()));

  /** To Kafka, a tombstone is a record without a value. */
  static Serializer<SpecTombstone> serializer() {
    return (topic, tombstone) -> null;
  }
}
