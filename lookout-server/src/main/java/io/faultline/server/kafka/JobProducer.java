package io.faultline.server.kafka;

import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.job.SpecRef;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topic;
import io.faultline.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/** Writes specs and commands. Each answer comes once Kafka has acknowledged, or has not in time. */
public final class JobProducer implements AutoCloseable {

  private final Producer<String, byte[]> producer;
  private final Serializer<JobSpec> specs;
  private final Serializer<JobCommand> commands;

  /** Does not wait for Kafka. */
  public JobProducer(KafkaClients clients, Codecs codecs) {
    this.producer = clients.producer();
    this.specs = codecs.serde(Topics.JOB_SPECS).serializer();
    this.commands = codecs.serde(Topics.JOB_COMMANDS).serializer();
  }

  /**
   * Writes a spec: its key is the job's id, for compaction; its partition is that of the job's
   * other records.
   */
  public CompletableFuture<SpecRef> spec(JobSpec spec) {
    String topic = Topics.JOB_SPECS.name();
    return start(
            () ->
                new ProducerRecord<>(
                    topic,
                    partition(spec.job().recordKey(), producer.partitionsFor(topic).size()),
                    spec.job().jobId(),
                    specs.serialize(topic, spec)))
        .thenApply(at -> new SpecRef(at.partition(), at.offset(), spec.sha256()));
  }

  /** Writes a command. */
  public CompletableFuture<Void> command(JobCommand command) {
    Topic<JobCommand> topic = Topics.JOB_COMMANDS;
    return start(
            () ->
                new ProducerRecord<>(
                    topic.name(),
                    command.job().recordKey(),
                    commands.serialize(topic.name(), command)))
        .thenApply(at -> null);
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }

  /** Where Kafka's default partitioner puts a key. */
  static int partition(String key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
  }

  private interface RecordSource {
    ProducerRecord<String, byte[]> make();
  }

  private CompletableFuture<RecordMetadata> start(RecordSource source) {
    CompletableFuture<RecordMetadata> done = new CompletableFuture<>();
    try {
      var unused =
          producer.send(
              source.make(),
              (metadata, failure) -> {
                if (failure == null) {
                  done.complete(metadata);
                } else {
                  done.completeExceptionally(failure);
                }
              });
    } catch (KafkaException e) {
      done.completeExceptionally(new CompletionException(e));
    }
    return done;
  }
}
