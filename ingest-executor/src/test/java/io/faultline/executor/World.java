package io.faultline.executor;

import static org.awaitility.Awaitility.await;

import io.faultline.app.SettingsReader;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.ExecutorCommand;
import io.faultline.domain.job.GroupPart;
import io.faultline.domain.job.GroupStart;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.job.Lease;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.job.RunState;
import io.faultline.domain.job.SpecRef;
import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.domain.retry.RunMutations;
import io.faultline.domain.set.SetIds;
import io.faultline.embedded.EmbeddedKafka;
import io.faultline.embedded.EmbeddedRegistry;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.SchemaRegistry;
import io.faultline.schemas.Topic;
import io.faultline.schemas.TopicAdmin;
import io.faultline.schemas.Topics;
import io.faultline.schemas.registry.SchemaRegistries;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A broker and a registry, and what the server and the decider would write and read there. */
final class World implements AutoCloseable {

  static final int PARTITIONS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  final EmbeddedKafka kafka = EmbeddedKafka.temporary();
  final EmbeddedRegistry registry = EmbeddedRegistry.temporary();
  private final SchemaRegistry schemas =
      SchemaRegistries.open(Map.of("schema.registry.url", registry.url()));
  private final Codecs codecs = new Codecs(schemas);
  private final KafkaProducer<byte[], byte[]> producer;
  private long revisions;

  World() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      TopicAdmin.ensure(admin, PARTITIONS);
    }
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** The settings of an executor on this world, others on top. */
  Map<String, String> settings(Path directory, String... others) {
    Map<String, String> settings =
        new TreeMap<>(
            Map.of(
                "kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "schema.registry.url",
                registry.url(),
                "instance.id",
                "executor-1",
                "state.dir",
                directory.toString(),
                "executor.local.enabled",
                "true",
                "executor.local.node",
                "here",
                "executor.cpu",
                "100",
                "executor.memory",
                "100Gi"));
    for (int i = 0; i < others.length; i += 2) {
      settings.put(others[i], others[i + 1]);
    }
    return settings;
  }

  ExecutorApp start(Path directory, String... others) {
    ExecutorApp app =
        new ExecutorApp(ExecutorSettings.read(SettingsReader.of(settings(directory, others))));
    app.start();
    return app;
  }

  /** Asks for the first run of a new job. */
  RunRequest ask(String podSpec) {
    return ask(podSpec, RunMutations.NONE);
  }

  RunRequest ask(String podSpec, RunMutations mutations) {
    RunRequest request = submit(podSpec, mutations);
    send(Topics.RUN_REQUESTS, request.job().recordKey(), request);
    return request;
  }

  /** Asks for the first run of a new job of a queue. */
  RunRequest askIn(String queue, String podSpec) {
    RunRequest request = submit(queue, podSpec, RunMutations.NONE);
    send(Topics.RUN_REQUESTS, request.job().recordKey(), request);
    return request;
  }

  /** Holds back what the document says; null takes it away. */
  void cordon(String name, @Nullable String what) {
    long revision = ++revisions;
    String body =
        what == null
            ? ""
            : "{apiVersion: faultline.io/v1, kind: Cordon, name: " + name + ", " + what + "}";
    send(
        Topics.RESOURCES,
        "Cordon/" + name,
        new Resource(
            ResourceKind.CORDON, name, revision, what == null, body, Instant.now(), "ann"));
  }

  /**
   * A template of a set.
   *
   * @param jobs how many are made from it
   */
  record Template(String podSpec, int jobs) {}

  /** Asks for the first runs of a new set, whoever is to claim it where that is empty. */
  RunRequest askSet(String executor, Template... templates) {
    String setId = SetIds.set(UUID.randomUUID());
    JobIdentity set = new JobIdentity(setId, "queue", "set", setId);
    List<GroupPart> parts = new ArrayList<>();
    int first = 0;
    for (Template template : templates) {
      JobIdentity job = new JobIdentity(SetIds.job(setId, first), "queue", "set", setId);
      SpecRef spec = spec(job, template.podSpec());
      parts.add(new GroupPart(spec, first, first, template.jobs(), 0, 0));
      first += template.jobs();
    }
    RunRequest request =
        RunRequest.of(
            set,
            new GroupStart(setId, 0, executor, "armada", parts),
            RunMutations.NONE,
            Instant.now().truncatedTo(ChronoUnit.MILLIS)); // as it is read again
    send(Topics.RUN_REQUESTS, setId, request);
    return request;
  }

  private SpecRef spec(JobIdentity job, String podSpec) {
    JobSpec spec =
        new JobSpec(job, "someone", "", "default", 0, Map.of(), Map.of(), podSpec, Instant.now());
    RecordMetadata at = send(Topics.JOB_SPECS, job.jobId(), spec);
    return new SpecRef(at.partition(), at.offset(), spec.sha256());
  }

  /** Writes the spec of a new job, and gives the request that nobody has made yet. */
  RunRequest submit(String podSpec, RunMutations mutations) {
    return submit("queue", podSpec, mutations);
  }

  private RunRequest submit(String queue, String podSpec, RunMutations mutations) {
    JobIdentity job = new JobIdentity(UUID.randomUUID().toString(), queue, "set", null);
    return new RunRequest(
        job,
        RunIdentity.of(job.jobId(), 0),
        spec(job, podSpec),
        "armada-" + job.jobId() + "-0-0",
        mutations,
        Instant.now());
  }

  void command(RunRequest request, ExecutorCommand.Action action) {
    send(
        Topics.EXECUTOR_COMMANDS,
        request.job().recordKey(),
        new ExecutorCommand(
            request.job(), request.run(), "executor-1", action, "a test", Instant.now()));
  }

  <V> RecordMetadata send(Topic<V> topic, String key, V value) {
    try (var serializer = codecs.serde(topic).serializer()) {
      return sendBytes(
          topic.name(), key, value == null ? null : serializer.serialize(topic.name(), value));
    }
  }

  RecordMetadata sendBytes(String topic, String key, byte[] value) {
    try {
      return producer
          .send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value))
          .get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /** Everything committed on a topic, in the order of each partition. */
  List<ConsumerRecord<byte[], byte[]>> records(Topic<?> topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(50)).forEach(records::add);
      }
      return records;
    }
  }

  <V> List<V> values(Topic<V> topic) {
    try (var deserializer = codecs.serde(topic).deserializer()) {
      return records(topic).stream()
          .filter(record -> record.value() != null)
          .map(record -> deserializer.deserialize(topic.name(), record.value()))
          .toList();
    }
  }

  List<RunState> states(RunRequest request) {
    return values(Topics.RUN_REPORTS).stream()
        .filter(report -> report.run().equals(request.run()))
        .map(RunReport::state)
        .toList();
  }

  List<JobError> errors(RunRequest request) {
    return values(Topics.JOB_ERRORS).stream()
        .filter(error -> error.run().equals(request.run()))
        .toList();
  }

  /** The leases that are held now. */
  Map<String, Lease> leases() {
    Map<String, Lease> leases = new LinkedHashMap<>();
    try (var deserializer = codecs.serde(Topics.LEASES).deserializer()) {
      for (ConsumerRecord<byte[], byte[]> record : records(Topics.LEASES)) {
        String runId = new String(record.key(), StandardCharsets.UTF_8);
        leases.remove(runId);
        if (record.value() != null) {
          leases.put(runId, deserializer.deserialize(Topics.LEASES.name(), record.value()));
        }
      }
    }
    return leases;
  }

  void awaitsState(RunRequest request, RunState state) {
    await().atMost(PATIENCE).until(() -> states(request).contains(state));
  }

  JobError awaitsError(RunRequest request) {
    await().atMost(PATIENCE).until(() -> !errors(request).isEmpty());
    return errors(request).get(0);
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
    schemas.close();
    registry.close();
    kafka.close();
  }
}
