package io.faultline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultline.domain.group.FailurePolicy;
import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.job.SpecRef;
import io.faultline.domain.set.SetDefinition;
import io.faultline.domain.set.SetIds;
import io.faultline.domain.set.SetTemplate;
import io.faultline.domain.workload.JobLimits;
import io.faultline.domain.workload.PodFailurePolicy;
import io.faultline.domain.workload.SetPlace;
import io.faultline.embedded.EmbeddedKafka;
import io.faultline.embedded.EmbeddedRegistry;
import io.faultline.pipeline.Killer.Victim;
import io.faultline.schemas.SchemaRegistry;
import io.faultline.schemas.TopicAdmin;
import io.faultline.schemas.Topics;
import io.faultline.schemas.registry.SchemaRegistries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Decider and executor are killed with kill -9 again and again while a set of real processes fails
 * and starts again: each of its jobs starts exactly once in each generation, and ends once.
 */
class SetsKilledIT {

  private static final Duration WITHIN = Duration.ofMinutes(4);
  private static final int JOBS = 24;
  private static final int GENERATIONS = 4;
  private static final int LEAST_KILLS = 4;
  private static final String SET =
      SetIds.set(UUID.fromString("01890a5d-ac96-774b-bcce-b302a9000000"));

  @TempDir private Path folder;

  @Test
  void everyJobStartsOnceInEachGeneration() throws Exception {
    Path started = Files.createDirectory(folder.resolve("started"));
    try (EmbeddedKafka kafka = EmbeddedKafka.temporary();
        EmbeddedRegistry registry = EmbeddedRegistry.temporary();
        SchemaRegistry client =
            SchemaRegistries.open(Map.of("schema.registry.url", registry.url()));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      TopicAdmin.ensure(admin, 2);
      Values values = new Values(client);
      try (Service classifier = service("classifier", Map.of(), kafka, registry);
          Service decider =
              service("decider", Map.of("sets.settleWindow", "200ms"), kafka, registry);
          Service executor =
              service(
                  "executor",
                  Map.of(
                      "executor.local.enabled", "true",
                      "executor.id", "sets-e1",
                      "executor.maxRuns", "100",
                      "executor.transactionTimeout", "3s",
                      "executor.local.directory", folder.resolve("runs").toString()),
                  kafka,
                  registry);
          Sender sender = new Sender(kafka.bootstrapServers(), values)) {
        List<Service> services = List.of(classifier, decider, executor);
        services.forEach(Service::start);
        submit(sender, started);

        Killer killer =
            new Killer(
                List.of(
                    new Victim(decider, CommitProbe.ofTopology(admin, "faultline-retry-decider-")),
                    new Victim(executor, CommitProbe.ofTopology(admin, "sets-e1"))),
                1,
                () -> runs(started).size(),
                JOBS * GENERATIONS / (LEAST_KILLS + 2));
        killer.start();
        List<JobEvent> events = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = consumer(kafka)) {
          await()
              .atMost(WITHIN)
              .until(
                  () -> {
                    for (ConsumerRecord<String, byte[]> record :
                        consumer.poll(Duration.ofMillis(200))) {
                      events.add(values.value(Topics.JOB_EVENTS, record.value()));
                    }
                    return succeeded(events) >= JOBS;
                  });
        }
        killer.finish();
        System.out.printf(
            "sets test: %d runs in %d generations, %d kills (%d inside a commit)%n",
            runs(started).size(), GENERATIONS, killer.kills(), killer.insideCommit());

        assertThat(killer.kills()).isGreaterThanOrEqualTo(LEAST_KILLS);
        List<String> once = new ArrayList<>();
        for (int job = 0; job < JOBS; job++) {
          for (int generation = 0; generation < GENERATIONS; generation++) {
            once.add(job + "." + generation);
          }
        }
        assertThat(runs(started)).containsExactlyInAnyOrderElementsOf(once);
        assertThat(succeeded(events)).isEqualTo(JOBS);
      }
    }
  }

  private static long succeeded(List<JobEvent> events) {
    return events.stream().filter(e -> e.detail() instanceof JobEvent.Succeeded).count();
  }

  /** Each start of a job's process, as it says itself: job.generation. */
  private static List<String> runs(Path started) {
    try (Stream<Path> files = Files.list(started)) {
      List<String> runs = new ArrayList<>();
      for (Path file : files.toList()) {
        Files.readAllLines(file).forEach(line -> runs.add(file.getFileName().toString()));
      }
      return runs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first job fails in each generation but the last, while the others run. */
  private static void submit(Sender sender, Path started) throws Exception {
    String script =
        "echo x >> "
            + started
            + "/$FAULTLINE_SET_INDEX.$FAULTLINE_GENERATION;"
            + " [ $FAULTLINE_GENERATION = "
            + (GENERATIONS - 1)
            + " ] && exit 0;"
            + " [ $FAULTLINE_SET_INDEX = 0 ] || exec sleep 300; sleep 2; exit 1";
    String pod =
        "{\"containers\":[{\"name\":\"main\",\"command\":[\"sh\",\"-c\",\"" + script + "\"]}]}";
    JobIdentity set = new JobIdentity(SET, "research", "sets", SET);
    JobIdentity first = new JobIdentity(SetIds.job(SET, 0), "research", "sets", SET);
    SetPlace place = new SetPlace("s", "", "w", JOBS, 1, JOBS, 0, "default", JOBS, 0);
    JobSpec spec =
        new JobSpec(first, "test", "", "default", 0, Map.of(), Map.of(), pod, Instant.EPOCH, place);
    RecordMetadata at = sender.send(Topics.JOB_SPECS, first.jobId(), spec).get();
    SetTemplate template =
        new SetTemplate(
            new SpecRef(at.partition(), at.offset(), spec.sha256()),
            "w",
            JOBS,
            1,
            new JobLimits(PodFailurePolicy.NONE, 0, null));
    SetDefinition definition =
        new SetDefinition(
            "s", false, List.of(template), new FailurePolicy(GENERATIONS - 1, List.of()), false);
    sender
        .send(
            Topics.JOB_COMMANDS,
            SET,
            new JobCommand.SubmitSet(set, Instant.EPOCH, "test", definition))
        .get();
  }

  private static KafkaConsumer<String, byte[]> consumer(EmbeddedKafka kafka) {
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.JOB_EVENTS.name()).stream()
            .map(each -> new TopicPartition(each.topic(), each.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  private Service service(
      String name, Map<String, String> own, EmbeddedKafka kafka, EmbeddedRegistry registry) {
    Map<String, String> settings = new HashMap<>(own);
    settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    settings.put("schema.registry.url", registry.url());
    settings.put("instance.id", "one");
    settings.put("state.dir", folder.resolve(name).toString());
    settings.put("http.token", "secret");
    return new Service("sets-" + name, "io.faultline." + name + ".Main", 256, settings);
  }
}
