package io.faultline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobSpec;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topics;
import io.faultline.schemas.registry.SchemaRegistries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SubmitIT {

  @RegisterExtension static final RunningServer SERVER = new RunningServer();

  @BeforeAll
  static void createQueue() {
    assertThat(
            SERVER
                .client()
                .yaml("PUT", "/api/v1/queues/research", RunningServer.QUEUE.formatted("research"))
                .status())
        .isEqualTo(201);
  }

  private static Client.Answer submit(String set, String... headers) {
    return SERVER
        .client()
        .yaml("POST", "/api/v1/jobs", RunningServer.JOB_FILE.formatted("research", set), headers);
  }

  private static String onlyId(Client.Answer answer) {
    return answer.json().path("jobs").path(0).path("jobId").asText();
  }

  @Test
  void a_job_answers_as_accepted_from_the_moment_its_submit_does() {
    Client.Answer submitted = submit("at-once");
    assertThat(submitted.status()).as("%s", submitted).isEqualTo(201);
    JsonNode job = SERVER.client().get("/api/v1/jobs/" + onlyId(submitted)).json();
    assertThat(job.path("state").asText()).isEqualTo("ACCEPTED");
    assertThat(job.path("queue").asText()).isEqualTo("research");
    assertThat(job.path("jobSet").asText()).isEqualTo("at-once");
    assertThat(job.path("owner").asText()).isEqualTo("bootstrap");
    assertThat(job.path("clientId").asText()).isEqualTo("my-id");
    assertThat(job.path("annotations").path("note").asText()).isEqualTo("<b>bold</b>");
    assertThat(job.path("runs").size()).isZero();
    JsonNode listed = SERVER.client().get("/api/v1/jobs?jobSet=at-once&state=ACCEPTED").json();
    assertThat(listed.path("items").path(0).path("jobId")).isEqualTo(job.path("jobId"));
  }

  @Test
  void ids_are_uuids_of_version_7() {
    assertThat(UUID.fromString(onlyId(submit("ids"))).version()).isEqualTo(7);
  }

  @Test
  void the_spec_stands_where_the_submit_says_on_the_partition_of_the_job() throws Exception {
    String jobId = onlyId(submit("spec-ref"));
    String bootstrap = TestParts.get().kafka.bootstrapServers();
    try (var registry =
        SchemaRegistries.open(Map.of("schema.registry.url", TestParts.get().registry.url()))) {
      Codecs codecs = new Codecs(registry);
      ConsumerRecord<String, byte[]> spec = only(bootstrap, Topics.JOB_SPECS.name(), jobId);
      ConsumerRecord<String, byte[]> command = only(bootstrap, Topics.JOB_COMMANDS.name(), jobId);
      JobSpec read =
          codecs.serde(Topics.JOB_SPECS).deserializer().deserialize(spec.topic(), spec.value());
      JobCommand.Submit submit =
          (JobCommand.Submit)
              codecs
                  .serde(Topics.JOB_COMMANDS)
                  .deserializer()
                  .deserialize(command.topic(), command.value());
      assertThat(spec.partition()).isEqualTo(command.partition());
      assertThat(submit.spec().partition()).isEqualTo(spec.partition());
      assertThat(submit.spec().offset()).isEqualTo(spec.offset());
      assertThat(submit.spec().sha256()).isEqualTo(read.sha256());
      assertThat(submit.job()).isEqualTo(read.job());
      assertThat(submit.requestedBy()).isEqualTo("bootstrap");
    }
  }

  @Test
  void the_same_key_with_the_same_body_gives_the_same_ids() {
    Client.Answer first = submit("repeat", "Idempotency-Key", "repeat-1");
    Client.Answer second = submit("repeat", "Idempotency-Key", "repeat-1");
    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json()).isEqualTo(first.json());
  }

  @Test
  void the_same_key_with_another_body_is_refused() {
    submit("one", "Idempotency-Key", "reused");
    Client.Answer other = submit("another", "Idempotency-Key", "reused");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.problem()).isEqualTo("idempotency-key-reused");
  }

  @Test
  void without_a_key_each_submit_is_a_new_one() {
    assertThat(onlyId(submit("no-key"))).isNotEqualTo(onlyId(submit("no-key")));
  }

  @Test
  void repeats_that_come_at_once_are_one_submit() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Client.Answer>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        calls.add(() -> submit("at-the-same-time", "Idempotency-Key", "concurrent"));
      }
      List<Client.Answer> answers = new ArrayList<>();
      for (Future<Client.Answer> call : threads.invokeAll(calls)) {
        answers.add(call.get());
      }
      assertThat(answers).extracting(Client.Answer::status).containsOnly(200, 201);
      assertThat(answers).extracting(Client.Answer::status).containsOnlyOnce(201);
      assertThat(answers).extracting(SubmitIT::onlyId).containsOnly(onlyId(answers.get(0)));
    } finally {
      threads.shutdownNow();
    }
    JsonNode listed = SERVER.client().get("/api/v1/jobs?jobSet=at-the-same-time").json();
    assertThat(listed.path("items").size()).isEqualTo(1);
  }

  @Test
  void a_cancel_follows_the_submit_and_may_be_repeated() {
    String jobId = onlyId(submit("cancel"));
    Client.Answer first =
        SERVER
            .client()
            .json("POST", "/api/v1/jobs/" + jobId + "/cancel", "{\"reason\": \"enough\"}");
    Client.Answer second =
        SERVER.client().send("POST", "/api/v1/jobs/" + jobId + "/cancel", new byte[0]);
    assertThat(first.status()).as("%s", first).isEqualTo(202);
    assertThat(second.status()).as("%s", second).isEqualTo(202);
    assertThat(first.json().path("jobs").path(0).path("state").asText()).isEqualTo("ACCEPTED");
    String bootstrap = TestParts.get().kafka.bootstrapServers();
    assertThat(TopicReader.read(bootstrap, Topics.JOB_COMMANDS.name()))
        .filteredOn(r -> r.key().equals(jobId))
        .hasSize(3);
  }

  @Test
  void a_set_is_cancelled_as_a_whole() {
    String one = onlyId(submit("cancel-all"));
    String other = onlyId(submit("cancel-all"));
    Client.Answer answer =
        SERVER.client().json("POST", "/api/v1/queues/research/job-sets/cancel-all/cancel", "{}");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("jobs").findValuesAsText("jobId"))
        .containsExactlyInAnyOrder(one, other);
  }

  private static ConsumerRecord<String, byte[]> only(String bootstrap, String topic, String key) {
    List<ConsumerRecord<String, byte[]>> found =
        TopicReader.read(bootstrap, topic).stream().filter(r -> r.key().equals(key)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
