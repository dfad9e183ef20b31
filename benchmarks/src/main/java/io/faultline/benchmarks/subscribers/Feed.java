package io.faultline.benchmarks.subscribers;

import io.faultline.benchmarks.Workload;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes JobFailed as the decider does, in a transaction every 40 ms; event by event of one group
 * of subscribers after the other.
 */
final class Feed implements AutoCloseable {

  static final String TOPIC = Topics.JOB_EVENTS.name();
  static final int CATEGORIES = 10;
  private static final long COMMIT_NANOS = 40_000_000;

  private static final String MESSAGE =
      "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.50 GiB (GPU 0; 79.15 GiB"
          + " total capacity; 74.02 GiB already allocated; 1.31 GiB free)";

  private final KafkaProducer<String, byte[]> producer;
  private final Serializer<JobEvent> serializer;
  private final int groups;

  Feed(String bootstrapServers, Codecs codecs, int groups) {
    this.groups = groups;
    serializer = codecs.serde(Topics.JOB_EVENTS).serializer();
    producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                "bootstrap.servers",
                bootstrapServers,
                "transactional.id",
                "bench",
                "compression.type",
                "lz4"),
            new StringSerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
  }

  /**
   * Writes the failures of some jobs at a steady rate; the last are committed when this returns.
   *
   * @param committing for each job when its commit was asked for, by {@link System#nanoTime}
   */
  void write(int from, int to, int rate, long[] committing) {
    long begin = System.nanoTime();
    int next = from;
    while (next < to) {
      LockSupport.parkNanos(COMMIT_NANOS - (System.nanoTime() - begin) % COMMIT_NANOS);
      long due = from + (System.nanoTime() - begin) * rate / 1_000_000_000L;
      if (due <= next) {
        continue;
      }
      producer.beginTransaction();
      int first = next;
      for (; next < to && next < due; next++) {
        JobEvent event = failed(next);
        var unused =
            producer.send(
                new ProducerRecord<>(
                    TOPIC, event.job().recordKey(), serializer.serialize(TOPIC, event)));
      }
      producer.flush();
      long now = System.nanoTime();
      for (int job = first; job < next; job++) {
        committing[job] = now;
      }
      producer.commitTransaction();
    }
  }

  private JobEvent failed(int number) {
    int group = number % groups;
    String id = Workload.jobId(number);
    String category = "c-" + group % CATEGORIES;
    return new JobEvent(
        new JobIdentity(id, "q-" + group, "s-" + group, null),
        RunIdentity.of(id, 0),
        "local",
        Workload.EXECUTOR,
        "node-" + number % 200,
        Workload.AT,
        0,
        new JobEvent.Failed(
            EvidenceKind.POD_FAILED,
            new FailureInfo(1, MESSAGE, "main", category, "", List.of(category), ""),
            "Error",
            MESSAGE,
            false,
            "once"));
  }

  @Override
  public void close() {
    producer.close();
  }
}
