package io.faultline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.SpecRef;
import io.faultline.domain.set.SetIds;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topics;
import io.faultline.schemas.registry.SchemaRegistries;
import io.faultline.server.submit.Outbox;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmitCrashIT {

  private static final String GANG =
      """
      queue: q
      jobSetId: crash
      failurePolicy: {maxRestarts: 1}
      jobs:
        - {annotations: &g {faultline.io/gangId: %s, faultline.io/gangCardinality: "2"}, podSpec: &p {containers: [{name: main}]}}
        - {priority: 1, annotations: *g, podSpec: *p}
      """;

  /** Each step that it dies at, and how often specs and commands stand on their topics then. */
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ParameterizedTest(name = "at {0}")
  @CsvSource({
    "KEPT, 1, 1",
    "SPECS_WRITTEN, 2, 1",
    "SPECS_NOTED, 1, 1",
    "COMMANDS_WRITTEN, 1, 2",
  })
  private @interface AtEachStep {}

  /** What is looked at when another server goes on. */
  private interface Check {
    void with(Client client) throws Exception;
  }

  @AtEachStep
  void a_server_that_dies_within_a_submit_is_followed_by_one_that_finishes_it_with_the_same_ids(
      Outbox.Step step, int specs, int commands) throws Exception {
    String jobFile = RunningServer.JOB_FILE.formatted("q", "crash");
    String[] key = {"Idempotency-Key", "crash-1"};
    afterADeath(
        step,
        jobFile,
        key,
        client -> {
          String jobId = client.get("/api/v1/jobs?jobSet=crash").json().findValue("jobId").asText();
          await().until(() -> records(Topics.JOB_COMMANDS.name(), jobId).size() == commands);
          Client.Answer repeat = client.yaml("POST", "/api/v1/jobs", jobFile, key);
          assertThat(repeat.status()).isEqualTo(200);
          assertThat(repeat.json().findValue("jobId").asText()).isEqualTo(jobId);
          List<ConsumerRecord<String, byte[]>> written = records(Topics.JOB_SPECS.name(), jobId);
          assertThat(written).hasSize(specs);
          ConsumerRecord<String, byte[]> last = written.get(specs - 1);
          for (JobCommand.Submit submit : submits(jobId)) {
            assertThat(submit.spec().partition()).isEqualTo(last.partition());
            assertThat(submit.spec().offset()).isEqualTo(last.offset());
          }
          assertThat(submits(jobId)).hasSize(commands);
        });
  }

  @AtEachStep
  void a_server_that_dies_within_the_submit_of_a_set_is_followed_by_one_that_finishes_it(
      Outbox.Step step, int specs, int commands) throws Exception {
    String gang = "crash-" + step.name().toLowerCase(Locale.ROOT);
    String file = GANG.formatted(gang);
    String[] key = {"Idempotency-Key", "crash-2"};
    afterADeath(
        step,
        file,
        key,
        client -> {
          await().until(() -> JobRecords.commands(gang).size() == commands);
          Client.Answer repeat = client.yaml("POST", "/api/v1/jobs", file, key);
          assertThat(repeat.status()).isEqualTo(200);
          List<String> ids = repeat.json().findValuesAsText("jobId");
          for (JobRecords.Read<JobCommand> command : JobRecords.commands(gang)) {
            JobCommand.SubmitSet submit = (JobCommand.SubmitSet) command.value();
            String setId = submit.job().jobId();
            assertThat(ids).containsExactly(SetIds.job(setId, 0), SetIds.job(setId, 1));
            assertThat(submit.definition().templates()).hasSize(2);
            for (int i = 0; i < 2; i++) {
              var written = JobRecords.specs(ids.get(i));
              assertThat(written).hasSize(specs);
              SpecRef ref = submit.definition().templates().get(i).spec();
              assertThat(ref.offset()).isEqualTo(written.get(specs - 1).offset());
              assertThat(ref.partition()).isEqualTo(command.partition());
            }
          }
          assertThat(JobRecords.commands(gang)).hasSize(commands);
        });
  }

  private static void afterADeath(Outbox.Step step, String file, String[] key, Check check)
      throws Exception {
    TestParts parts = TestParts.get();
    String database = parts.newDatabase();
    dieWithin(step, database, file, key);
    ServerApp next = new ServerApp(parts.settings(database));
    try {
      next.start();
      RunningServer.awaitReady(next);
      check.with(new Client(next.url(), TestParts.TOKEN));
    } finally {
      next.close();
    }
  }

  private static void dieWithin(Outbox.Step step, String database, String jobFile, String[] headers)
      throws Exception {
    try (DyingServer server = new DyingServer(database, step.name())) {
      Client client = new Client(server.url, TestParts.TOKEN);
      client.yaml("PUT", "/api/v1/queues/q", RunningServer.QUEUE.formatted("q"));
      assertThatThrownBy(() -> client.yaml("POST", "/api/v1/jobs", jobFile, headers))
          .isInstanceOf(UncheckedIOException.class);
      assertThat(server.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(server.process.exitValue()).isEqualTo(DyingServer.EXIT);
    }
  }

  private static List<JobCommand.Submit> submits(String jobId) {
    try (var registry =
        SchemaRegistries.open(Map.of("schema.registry.url", TestParts.get().registry.url()))) {
      var commands = new Codecs(registry).serde(Topics.JOB_COMMANDS).deserializer();
      return records(Topics.JOB_COMMANDS.name(), jobId).stream()
          .map(r -> (JobCommand.Submit) commands.deserialize(r.topic(), r.value()))
          .toList();
    }
  }

  private static List<ConsumerRecord<String, byte[]>> records(String topic, String key) {
    return TopicReader.read(TestParts.get().kafka.bootstrapServers(), topic).stream()
        .filter(r -> r.key().equals(key))
        .toList();
  }
}
