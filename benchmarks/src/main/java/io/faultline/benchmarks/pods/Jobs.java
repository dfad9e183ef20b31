package io.faultline.benchmarks.pods;

import io.faultline.benchmarks.CommittedReader;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.job.RunState;
import io.faultline.domain.job.SpecRef;
import io.faultline.domain.retry.RunMutations;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topic;
import io.faultline.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Asks for runs of jobs, and reads what becomes of them with read_committed. */
final class Jobs implements AutoCloseable {

  /** Some 2.5 KiB, as pods of real jobs have. */
  private static final String POD =
      """
      {"terminationGracePeriodSeconds": 30, "containers": [{"name": "main",
        "image": "registry.example/team/app:1.2.3", "command": ["python3", "-m", "team.train"],
        "args": ["--input", "/data/in", "--output", "/data/out"],
        "resources": {"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"memory": "1Gi"}},
        "volumeMounts": [{"name": "data", "mountPath": "/data"}], "env": [ENV]}],
       "volumes": [{"name": "data", "emptyDir": {}}]}
      """
          .replace(
              "ENV",
              IntStream.range(0, 30)
                  .mapToObj(
                      i ->
                          "{\"name\":\"VARIABLE_%d\",\"value\":\"%s\"}"
                              .formatted(i, "a setting of this job ".repeat(2)))
                  .collect(Collectors.joining(",")));

  private final Codecs codecs;
  private final KafkaProducer<String, byte[]> producer;
  private final CommittedReader reader;
  private final Deserializer<RunReport> reports;
  private final Deserializer<JobError> errors;

  Jobs(String bootstrapServers, Codecs codecs) {
    this.codecs = codecs;
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5),
            new StringSerializer(),
            new ByteArraySerializer());
    reader =
        new CommittedReader(bootstrapServers, Topics.RUN_REPORTS.name(), Topics.JOB_ERRORS.name());
    reports = codecs.serde(Topics.RUN_REPORTS).deserializer();
    errors = codecs.serde(Topics.JOB_ERRORS).deserializer();
  }

  /** Asks for a run of each of so many new jobs; the names of their pods. */
  List<String> ask(int jobs) throws ExecutionException, InterruptedException {
    List<JobSpec> specs = new ArrayList<>();
    List<Future<RecordMetadata>> written = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      JobIdentity job = new JobIdentity(UUID.randomUUID().toString(), "queue", "set", null);
      JobSpec spec =
          new JobSpec(job, "me", "", "default", 0, Map.of(), Map.of(), POD, Instant.now());
      specs.add(spec);
      written.add(send(Topics.JOB_SPECS, job.jobId(), spec));
    }
    List<String> pods = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      JobSpec spec = specs.get(i);
      RecordMetadata at = written.get(i).get();
      RunRequest request =
          new RunRequest(
              spec.job(),
              RunIdentity.of(spec.job().jobId(), 0),
              new SpecRef(at.partition(), at.offset(), spec.sha256()),
              "armada-" + spec.job().jobId() + "-0",
              RunMutations.NONE,
              Instant.now());
      pods.add(request.podName());
      var unused = send(Topics.RUN_REQUESTS, spec.job().recordKey(), request);
    }
    producer.flush();
    return pods;
  }

  private <V> Future<RecordMetadata> send(Topic<V> topic, String key, V value) {
    try (var serializer = codecs.serde(topic).serializer()) {
      return producer.send(
          new ProducerRecord<>(topic.name(), key, serializer.serialize(topic.name(), value)));
    }
  }

  /** Reads what has come, for 50 ms at most: names of pods that run, and that ended badly. */
  void listen(Consumer<String> runs, Consumer<String> failed) {
    reader.poll(
        record -> {
          if (record.topic().equals(Topics.JOB_ERRORS.name())) {
            failed.accept(errors.deserialize(record.topic(), record.value()).podName());
            return;
          }
          RunReport report = reports.deserialize(record.topic(), record.value());
          if (report.state() == RunState.RUNNING) {
            runs.accept(report.podName());
          }
        });
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    reader.close();
  }
}
