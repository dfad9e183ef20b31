package io.faultline.executor.kafka;

import io.faultline.app.CommonSettings;
import io.faultline.app.Recent;
import io.faultline.app.TopicPartitions;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.job.SpecRef;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topics;
import io.faultline.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Finds the spec that a request refers to. Remembers the last ones, as requests may come again, and
 * thousands of runs may be made from one.
 */
final class Specs implements AutoCloseable {

  private static final int REMEMBERED = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final CommonSettings common;
  private final Consumer<byte[], byte[]> consumer;
  private final Deserializer<JobSpec> values;
  private final Map<SpecRef, JobSpec> remembered = new Recent<>(REMEMBERED);

  /** What was read last of each partition: who asks for one spec will ask for the next. */
  private final Map<TopicPartition, Map<Long, ConsumerRecord<byte[], byte[]>>> lastRead =
      new HashMap<>();

  Specs(CommonSettings common, Codecs codecs) {
    this.common = common;
    this.consumer = Readers.roaming(common, 64 << 10);
    this.values = codecs.serde(Topics.JOB_SPECS).deserializer();
  }

  /**
   * The spec: the first record at or after the place that has the id under which the spec stands,
   * and the hash. Empty where it is gone, which says that the job has ended, or its set.
   *
   * @throws TimeoutException where the topic could not be read
   */
  Optional<JobSpec> find(RunRequest request) {
    SpecRef ref = request.spec();
    JobSpec known = remembered.get(ref);
    if (known != null) {
      return Optional.of(known);
    }
    TopicPartition partition = new TopicPartition(Topics.JOB_SPECS.name(), ref.partition());
    ConsumerRecord<byte[], byte[]> passed =
        lastRead.getOrDefault(partition, Map.of()).get(ref.offset());
    if (passed != null) {
      Optional<JobSpec> spec = spec(passed, request);
      if (spec.isPresent()) {
        remembered.put(ref, spec.get());
        return spec;
      }
    }
    if (ref.partition() >= TopicPartitions.of(consumer, partition.topic()).size()) {
      return Optional.empty();
    }
    consumer.assign(List.of(partition));
    consumer.seek(partition, ref.offset());
    Optional<JobSpec> found = read(partition, request);
    found.ifPresent(spec -> remembered.put(ref, spec));
    return found;
  }

  private Optional<JobSpec> read(TopicPartition partition, RunRequest request) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    Map<TopicPartition, Long> ends = Map.of();
    while (ends.isEmpty() || !Readers.unread(consumer, ends).isEmpty()) {
      Map<Long, ConsumerRecord<byte[], byte[]>> read = new LinkedHashMap<>();
      consumer.poll(Duration.ofMillis(100)).forEach(record -> read.put(record.offset(), record));
      if (!read.isEmpty()) {
        lastRead.put(partition, read);
      }
      for (ConsumerRecord<byte[], byte[]> record : read.values()) {
        Optional<JobSpec> spec = spec(record, request);
        if (spec.isPresent() || (record.value() == null && isOf(record, request))) {
          return spec;
        }
      }
      if (ends.isEmpty()) { // the usual one has been found by now
        ends = Readers.ends(common, List.of(partition));
      }
      if (System.nanoTime() > until) {
        throw new TimeoutException("the spec of job " + request.specJobId() + " was not read");
      }
    }
    return Optional.empty();
  }

  private Optional<JobSpec> spec(ConsumerRecord<byte[], byte[]> record, RunRequest request) {
    return isOf(record, request)
        ? decode(record).filter(spec -> spec.sha256().equals(request.spec().sha256()))
        : Optional.empty();
  }

  private static boolean isOf(ConsumerRecord<byte[], byte[]> record, RunRequest request) {
    return Arrays.equals(record.key(), request.specJobId().getBytes(StandardCharsets.UTF_8));
  }

  private Optional<JobSpec> decode(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Optional.ofNullable(values.deserialize(record.topic(), record.value()));
    } catch (UndecodableException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    values.close();
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(2)));
  }
}
