package io.faultline.cli.up;

import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.evidence.Termination;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.RunState;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.SchemaRegistry;
import io.faultline.schemas.Topic;
import io.faultline.schemas.Topics;
import io.faultline.schemas.registry.SchemaRegistries;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Says of runs what an executor would that is late, or that serves another installation. */
final class StrayReports implements AutoCloseable {

  private static final String EXECUTOR = "stray";

  private final SchemaRegistry registry;
  private final Codecs codecs;
  private final KafkaProducer<String, byte[]> producer;

  StrayReports(UpProcess up) throws IOException {
    registry = SchemaRegistries.open(Map.of("schema.registry.url", up.address("registry")));
    codecs = new Codecs(registry);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", up.address("kafka")),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** A run came to this. */
  void report(JobIdentity job, RunIdentity run, RunState state) throws Exception {
    send(
        Topics.RUN_REPORTS,
        job,
        new RunReport(job, run, state, EXECUTOR, "other", "default", "p", "n", Instant.now()));
  }

  /** A run ended with an exit code. */
  void failed(JobIdentity job, RunIdentity run, int code) throws Exception {
    Termination end = new Termination(code, 0, "Error", "");
    ContainerEvidence main =
        new ContainerEvidence("main", ContainerRole.REGULAR, "a:1", end, "", null);
    Evidence evidence =
        new Evidence(
            EvidenceKind.POD_FAILED,
            null,
            "",
            "",
            "Failed",
            "n",
            List.of(main),
            List.of(),
            "",
            null);
    send(
        Topics.JOB_ERRORS,
        job,
        new JobError(
            run.runId() + "/stray",
            job,
            run,
            EXECUTOR,
            "other",
            "default",
            "p",
            Instant.now(),
            true,
            evidence));
  }

  private <V> void send(Topic<V> topic, JobIdentity job, V value) throws Exception {
    byte[] bytes = codecs.serde(topic).serializer().serialize(topic.name(), value);
    producer.send(new ProducerRecord<>(topic.name(), job.recordKey(), bytes)).get();
  }

  @Override
  public void close() {
    producer.close();
    registry.close();
  }
}
