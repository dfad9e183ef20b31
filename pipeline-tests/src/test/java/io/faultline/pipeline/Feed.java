package io.faultline.pipeline;

import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.job.RunState;
import io.faultline.pipeline.Plan.End;
import io.faultline.pipeline.Plan.Foreign;
import io.faultline.pipeline.Plan.Job;
import io.faultline.pipeline.Plan.Noise;
import io.faultline.schemas.Topic;
import io.faultline.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Plays the submitter and the executor: submits jobs, claims what is asked for, and says how it
 * ends. A run's end follows its leased event, so that nothing depends on the order between topics.
 * Jobs of others fail in between.
 */
final class Feed implements AutoCloseable {

  private static final int MOST_ACTIVE = 4_000;
  private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(5);
  private static final Duration STUCK_AFTER = Duration.ofMinutes(4);

  private final Plan plan;
  private final Values values;
  private final KafkaProducer<String, byte[]> producer;
  private final KafkaConsumer<String, byte[]> consumer;
  private final AtomicReference<Exception> broken = new AtomicReference<>();
  private final Map<String, Job> active = new HashMap<>();
  private final Map<String, Integer> lastRun = new HashMap<>();
  private final int heartbeatPartitions;
  private long nextHeartbeat = System.nanoTime();
  private int submitted;
  private int foreignSent;
  private final AtomicInteger errorsSent = new AtomicInteger();
  private final AtomicInteger jobsOver = new AtomicInteger();

  Feed(Plan plan, String bootstrapServers, Values values) {
    this.plan = plan;
    this.values = values;
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "linger.ms",
                5,
                "batch.size",
                64 << 10,
                "compression.type",
                "lz4"),
            new StringSerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Stream.of(Topics.RUN_REQUESTS, Topics.JOB_EVENTS)
            .flatMap(t -> consumer.partitionsFor(t.name()).stream())
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    heartbeatPartitions = consumer.partitionsFor(Topics.HEARTBEATS.name()).size();
  }

  int errorsSent() {
    return errorsSent.get();
  }

  int jobsOver() {
    return jobsOver.get();
  }

  /**
   * Sends and answers until every job of the plan is over.
   *
   * @throws IllegalStateException where nothing comes for minutes: a service is stuck
   */
  void run() {
    long answered = System.nanoTime();
    Messages.resources().forEach(r -> send(Topics.RESOURCES, r.key(), r));
    while (jobsOver.get() < plan.jobs.size() || foreignSent < plan.foreign.size()) {
      sendMore();
      heartbeat();
      ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofMillis(20));
      records.forEach(this::answer);
      answered = records.isEmpty() ? answered : System.nanoTime();
      if (System.nanoTime() - answered > STUCK_AFTER.toNanos()) {
        throw new IllegalStateException(
            "no run request and no event for " + STUCK_AFTER + ": see the logs in target/");
      }
      if (broken.get() != null) {
        throw new IllegalStateException("a message was not delivered", broken.get());
      }
    }
    producer.flush();
  }

  /** As many of ours as are over, and of others' jobs the same part of the plan. */
  private void sendMore() {
    while (submitted < plan.jobs.size() && active.size() < MOST_ACTIVE) {
      Job job = plan.jobs.get(submitted++);
      active.put(job.id(), job);
      send(Topics.JOB_COMMANDS, job.id(), Messages.submit(job));
      if (submitted % 20 == 0) {
        send(Topics.JOB_COMMANDS, job.id(), Messages.submit(job));
      }
    }
    long due = (long) plan.foreign.size() * (jobsOver.get() + 1) / Math.max(1, plan.jobs.size());
    while (foreignSent < Math.min(due, plan.foreign.size())) {
      fail(plan.foreign.get(foreignSent++));
    }
  }

  private void heartbeat() {
    if (System.nanoTime() - nextHeartbeat < 0) {
      return;
    }
    nextHeartbeat = System.nanoTime() + HEARTBEAT_EVERY.toNanos();
    byte[] alive = values.bytes(Topics.HEARTBEATS, Messages.heartbeat());
    for (int partition = 0; partition < heartbeatPartitions; partition++) {
      send(new ProducerRecord<>(Topics.HEARTBEATS.name(), partition, Messages.EXECUTOR, alive));
    }
  }

  private void answer(ConsumerRecord<String, byte[]> record) {
    if (record.topic().equals(Topics.RUN_REQUESTS.name())) {
      RunRequest request = read(Topics.RUN_REQUESTS, record);
      RunReport leased = Messages.report(request.job(), request.run().index(), RunState.LEASED);
      send(leased, record.key());
      if (request.run().index() == 2) {
        send(leased, record.key());
      }
    } else {
      JobEvent event = read(Topics.JOB_EVENTS, record);
      Job job = active.get(event.job().jobId());
      if (job != null) {
        follow(job, event);
      }
    }
  }

  private void follow(Job job, JobEvent event) {
    RunIdentity run = event.run();
    if (event.detail() instanceof JobEvent.Leased) {
      lastRun.put(job.id(), run.index());
      end(job, event.job(), run.index());
    } else if (event.detail() instanceof JobEvent.Succeeded
        || event.detail() instanceof JobEvent.Preempted
        || (event.detail() instanceof JobEvent.Failed failed && !failed.retryable())) {
      afterwards(job, event.job());
      active.remove(job.id());
      jobsOver.incrementAndGet();
    }
  }

  private void end(Job job, JobIdentity identity, int run) {
    if (job.end(run) == End.SUCCEEDED) {
      send(Messages.report(identity, run, RunState.SUCCEEDED), job.id());
      if (run == 1) {
        send(Messages.report(identity, run, RunState.SUCCEEDED), job.id());
      }
    } else {
      fail(identity, run, job.end(run), job.noise(run));
    }
  }

  private void afterwards(Job job, JobIdentity identity) {
    int last = lastRun.remove(job.id());
    boolean succeeded = job.end(last) == End.SUCCEEDED;
    if (succeeded && job.failsAfterSuccess()) {
      fail(Messages.error(identity, last, "0", End.UNKNOWN_ERROR, true));
    }
    for (int run = 0; run <= last; run++) {
      if (job.end(run) != End.SUCCEEDED && job.noise(run) == Noise.REPEATED_LATE) {
        fail(Messages.error(identity, run, "0", job.end(run), true));
      }
    }
    if (job.livesOn()) {
      send(Messages.report(identity, last, RunState.RUNNING), job.id());
    }
  }

  private void fail(Foreign job) {
    JobIdentity identity = Messages.job(job.id(), Plan.Queue.RETRYING);
    for (int run = 0; run < job.ends().size(); run++) {
      fail(identity, run, job.ends().get(run), job.noise().get(run));
    }
    for (int run = 0; run < job.ends().size(); run++) {
      if (job.noise().get(run) == Noise.REPEATED_LATE) {
        fail(Messages.error(identity, run, "0", job.ends().get(run), true));
      }
    }
  }

  private void fail(JobIdentity job, int run, End end, Noise noise) {
    if (noise == Noise.WARNED) {
      fail(Messages.error(job, run, "w", End.UNKNOWN_ERROR, false));
    }
    fail(Messages.error(job, run, "0", end, true));
    if (noise == Noise.REPEATED) {
      fail(Messages.error(job, run, "0", end, true));
    } else if (noise == Noise.CONTRADICTED) {
      fail(Messages.error(job, run, "1", End.USER_ERROR, true));
    }
  }

  private void fail(JobError error) {
    send(Topics.JOB_ERRORS, error.job().jobId(), error);
    errorsSent.incrementAndGet();
  }

  private void send(RunReport report, String key) {
    send(Topics.RUN_REPORTS, key, report);
  }

  private <V> void send(Topic<V> topic, String key, V value) {
    send(new ProducerRecord<>(topic.name(), key, values.bytes(topic, value)));
  }

  private void send(ProducerRecord<String, byte[]> record) {
    var unused =
        producer.send(
            record,
            (metadata, error) -> {
              if (error != null) {
                broken.set(error);
              }
            });
  }

  private <V> V read(Topic<V> topic, ConsumerRecord<String, byte[]> record) {
    return values.value(topic, record.value());
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
  }
}
