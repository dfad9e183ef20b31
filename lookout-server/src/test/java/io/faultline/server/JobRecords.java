package io.faultline.server;

import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobSpec;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topic;
import io.faultline.schemas.Topics;
import io.faultline.schemas.registry.SchemaRegistries;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What stands on the topics that a server writes, by key. */
final class JobRecords {

  private JobRecords() {}

  /**
   * A record that was read.
   *
   * @param value what it says
   */
  record Read<V>(int partition, long offset, V value) {}

  static List<Read<JobSpec>> specs(String jobId) {
    return read(Topics.JOB_SPECS, jobId);
  }

  static List<Read<JobCommand>> commands(String key) {
    return read(Topics.JOB_COMMANDS, key);
  }

  private static <V> List<Read<V>> read(Topic<V> topic, String key) {
    List<ConsumerRecord<String, byte[]>> records =
        TopicReader.read(TestParts.get().kafka.bootstrapServers(), topic.name()).stream()
            .filter(record -> record.key().equals(key))
            .toList();
    try (var registry =
        SchemaRegistries.open(Map.of("schema.registry.url", TestParts.get().registry.url()))) {
      var values = new Codecs(registry).serde(topic).deserializer();
      return records.stream()
          .map(
              r ->
                  new Read<>(
                      r.partition(), r.offset(), values.deserialize(topic.name(), r.value())))
          .toList();
    }
  }
}
