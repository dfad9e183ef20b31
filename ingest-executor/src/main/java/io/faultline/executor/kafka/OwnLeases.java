package io.faultline.executor.kafka;

import io.faultline.app.CommonSettings;
import io.faultline.app.TopicPartitions;
import io.faultline.domain.job.Lease;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topics;
import io.faultline.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which runs an executor holds, from the topic that says who holds what. */
final class OwnLeases {

  private static final Logger log = LoggerFactory.getLogger(OwnLeases.class);

  private OwnLeases() {}

  /** Reads the whole topic as it is now. All of the executor's own transactions are decided. */
  static Map<String, Lease> read(CommonSettings common, Codecs codecs, String executor) {
    Map<String, Lease> own = new LinkedHashMap<>();
    try (Consumer<byte[], byte[]> consumer = Readers.committed(common, 4 << 20);
        Deserializer<Lease> values = codecs.serde(Topics.LEASES).deserializer()) {
      List<TopicPartition> partitions = TopicPartitions.of(consumer, Topics.LEASES.name());
      Map<TopicPartition, Long> ends = Readers.ends(common, partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!Readers.unread(consumer, ends).isEmpty()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          take(record, values, executor, own);
        }
      }
    }
    return own;
  }

  private static void take(
      ConsumerRecord<byte[], byte[]> record,
      Deserializer<Lease> values,
      String executor,
      Map<String, Lease> own) {
    String runId = new String(record.key(), StandardCharsets.UTF_8);
    own.remove(runId);
    if (record.value() == null) {
      return;
    }
    try {
      Lease lease = values.deserialize(record.topic(), record.value());
      if (lease.executor().equals(executor)) {
        own.put(runId, lease);
      }
    } catch (UndecodableException e) {
      log.atError()
          .setMessage("lease can't be read")
          .addKeyValue("runId", runId)
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .addKeyValue("problem", e.getMessage())
          .log();
    }
  }
}
