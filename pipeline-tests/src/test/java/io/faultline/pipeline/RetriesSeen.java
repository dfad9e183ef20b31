package io.faultline.pipeline;

import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.RunRequest;
import io.faultline.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What subscribers see of retries: when each was promised, and when it was asked for. */
final class RetriesSeen implements AutoCloseable {

  private final Values values;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Thread thread = new Thread(this::run, "retries-seen");
  private final Map<String, Instant> dueAt = new ConcurrentHashMap<>();
  private final Map<String, Instant> askedAt = new ConcurrentHashMap<>();
  private final Set<String> firstRuns = ConcurrentHashMap.newKeySet();
  private final List<String> repeated = new ArrayList<>();
  private final AtomicInteger retries = new AtomicInteger();
  private volatile boolean closed;

  RetriesSeen(String bootstrapServers, Values values) {
    this.values = values;
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Stream.of(Topics.RUN_REQUESTS, Topics.JOB_EVENTS)
            .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
            .map(each -> new TopicPartition(each.topic(), each.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread.start();
  }

  /** Jobs whose first run was asked for. */
  int firstRuns() {
    return firstRuns.size();
  }

  /** Jobs that were promised a retry. */
  int waiting() {
    return dueAt.size();
  }

  /** Retries that were asked for, repeats included. */
  int retries() {
    return retries.get();
  }

  /** Jobs whose retry was asked for again. */
  synchronized List<String> repeated() {
    return List.copyOf(repeated);
  }

  /** Jobs whose retry was asked for before its time, or without being promised. */
  List<String> early() {
    return askedAt.entrySet().stream()
        .filter(asked -> asked.getValue().isBefore(due(asked.getKey())))
        .map(asked -> asked.getKey() + " due " + due(asked.getKey()) + ", " + asked.getValue())
        .toList();
  }

  /** How long after its time the last one of all was asked for. */
  Duration latest() {
    return askedAt.entrySet().stream()
        .map(asked -> Duration.between(due(asked.getKey()), asked.getValue()))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private Instant due(String job) {
    return dueAt.getOrDefault(job, Instant.MAX);
  }

  private void run() {
    while (!closed) {
      consumer.poll(Duration.ofMillis(50)).forEach(this::see);
    }
    consumer.close();
  }

  private void see(ConsumerRecord<String, byte[]> record) {
    if (record.topic().equals(Topics.JOB_EVENTS.name())) {
      JobEvent event = values.value(Topics.JOB_EVENTS, record.value());
      if (event.detail() instanceof JobEvent.RetryScheduled scheduled) {
        dueAt.put(event.job().jobId(), scheduled.dueAt());
      }
      return;
    }
    RunRequest request = values.value(Topics.RUN_REQUESTS, record.value());
    String job = request.job().jobId();
    if (request.run().index() == 0) {
      firstRuns.add(job);
      return;
    }
    if (askedAt.put(job, Instant.ofEpochMilli(record.timestamp())) != null) {
      synchronized (this) {
        repeated.add(job);
      }
    }
    retries.incrementAndGet();
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
