package io.faultline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.domain.group.GroupAction;
import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.set.SetDefinition;
import io.faultline.domain.set.SetIds;
import io.faultline.domain.set.SetTemplate;
import io.faultline.domain.workload.PodFailureAction;
import io.faultline.server.lookout.OwnerQueries;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetSubmitIT {

  @RegisterExtension static final RunningServer SERVER = new RunningServer();

  static final String MANIFEST =
      """
      apiVersion: jobset.x-k8s.io/v1alpha2
      kind: JobSet
      metadata: {name: %s, namespace: lab, labels: {kueue.x-k8s.io/queue-name: research}}
      spec:
        failurePolicy:
          maxRestarts: 3
          rules:
            - {name: one, action: RestartJob, targetReplicatedJobs: [workers]}
        replicatedJobs:
          - name: driver
            template: {spec: {template: {spec: {containers: [{name: main, image: "train:1"}]}}}}
          - name: workers
            replicas: 2
            template:
              spec:
                parallelism: 2
                completions: 2
                backoffLimit: 1
                activeDeadlineSeconds: 60
                podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [42]}}]}
                template:
                  metadata: {labels: {app: train}}
                  spec: {restartPolicy: Never, containers: [{name: main, image: "train:1"}]}
      """;

  private static final String GANGS =
      """
      queue: research
      jobSetId: %1$s
      failurePolicy: {maxRestarts: 1}
      jobs:
        - {clientId: a, annotations: &g {faultline.io/gangId: %1$s, faultline.io/gangCardinality: "3"}, podSpec: &p {containers: [{name: main, image: i}]}}
        - {clientId: alone, podSpec: *p}
        - {clientId: b, annotations: *g, podSpec: *p}
        - {clientId: leader, priority: 1, annotations: *g, podSpec: *p}
        - {clientId: last, podSpec: *p}
      """;

  @BeforeAll
  static void createQueue() {
    SERVER
        .client()
        .yaml("PUT", "/api/v1/queues/research", RunningServer.QUEUE.formatted("research"));
  }

  private static Client.Answer submit(String name, String... headers) {
    return SERVER.client().yaml("POST", "/api/v1/sets", MANIFEST.formatted(name), headers);
  }

  private static String setId(Client.Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    return answer.json().path("setId").asText();
  }

  private static JobCommand.SubmitSet onlySet(String key) {
    List<JobRecords.Read<JobCommand>> commands = JobRecords.commands(key);
    assertThat(commands).hasSize(1);
    return (JobCommand.SubmitSet) commands.get(0).value();
  }

  @Test
  void a_jobset_is_one_command_whose_templates_stand_where_it_says() {
    Client.Answer answer = submit("whole");
    String setId = setId(answer);
    JsonNode json = answer.json();
    assertThat(json.path("name").asText()).isEqualTo("whole");
    assertThat(json.path("queue").asText()).isEqualTo("research");
    assertThat(json.path("jobSet").asText()).isEqualTo("whole");
    assertThat(json.path("jobs").asInt()).isEqualTo(5);
    assertThat(setId).endsWith("000000");

    JobCommand.SubmitSet command = onlySet(setId);
    assertThat(command.job().jobId()).isEqualTo(setId);
    assertThat(command.job().gangId()).isEqualTo(setId);
    assertThat(command.requestedBy()).isEqualTo("bootstrap");
    SetDefinition definition = command.definition();
    assertThat(definition.name()).isEqualTo("whole");
    assertThat(definition.gang()).isFalse();
    assertThat(definition.failurePolicy().maxRestarts()).isEqualTo(3);
    assertThat(definition.failurePolicy().rules().get(0).action())
        .isEqualTo(GroupAction.RESTART_JOB);
    assertThat(definition.templates())
        .extracting(SetTemplate::replicatedJob, SetTemplate::replicas, SetTemplate::pods)
        .containsExactly(tuple("driver", 1, 1), tuple("workers", 2, 2));
    SetTemplate workers = definition.templates().get(1);
    assertThat(workers.limits().backoffLimit()).isEqualTo(1);
    assertThat(workers.limits().activeDeadline()).isEqualTo(Duration.ofSeconds(60));
    assertThat(workers.limits().podFailurePolicy().rules().get(0).action())
        .isEqualTo(PodFailureAction.FAIL_JOB);

    assertSpec(SetIds.job(setId, 0), definition.templates().get(0), "driver");
    JobSpec spec = assertSpec(SetIds.job(setId, 1), workers, "workers");
    assertThat(spec.namespace()).isEqualTo("lab");
    assertThat(spec.labels()).isEqualTo(Map.of("app", "train"));
    assertThat(spec.place().jobsOfSet()).isEqualTo(3);
    assertThat(spec.place().jobsBefore()).isEqualTo(1);
    assertThat(JobRecords.specs(SetIds.job(setId, 2))).isEmpty();
  }

  private static JobSpec assertSpec(String jobId, SetTemplate template, String replicatedJob) {
    List<JobRecords.Read<JobSpec>> specs = JobRecords.specs(jobId);
    assertThat(specs).hasSize(1);
    JobRecords.Read<JobSpec> spec = specs.get(0);
    assertThat(template.spec().partition()).isEqualTo(spec.partition());
    assertThat(template.spec().offset()).isEqualTo(spec.offset());
    assertThat(template.spec().sha256()).isEqualTo(spec.value().sha256());
    assertThat(spec.value().job().jobId()).isEqualTo(jobId);
    assertThat(spec.value().place().replicatedJob()).isEqualTo(replicatedJob);
    return spec.value();
  }

  @Test
  void a_gang_is_one_command_and_its_jobs_answer_where_they_stand_in_the_file() {
    Client.Answer answer =
        SERVER.client().yaml("POST", "/api/v1/jobs", GANGS.formatted("gang-answer"));
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    List<String> ids = answer.json().path("jobs").findValuesAsText("jobId");
    assertThat(answer.json().path("jobs").findValuesAsText("clientId"))
        .containsExactly("a", "alone", "b", "leader", "last");
    JobCommand.SubmitSet command = onlySet("gang-answer");
    String setId = command.job().jobId();
    assertThat(List.of(ids.get(0), ids.get(2), ids.get(3)))
        .containsExactly(SetIds.job(setId, 0), SetIds.job(setId, 1), SetIds.job(setId, 2));
    SetDefinition definition = command.definition();
    assertThat(definition.gang()).isTrue();
    assertThat(definition.failurePolicy().maxRestarts()).isEqualTo(1);
    assertThat(definition.templates())
        .extracting(SetTemplate::replicatedJob, SetTemplate::replicas, SetTemplate::pods)
        .containsExactly(tuple("members", 2, 1), tuple("members", 1, 1));
    JobSpec shared = JobRecords.specs(ids.get(0)).get(0).value();
    assertThat(shared.clientId()).isEmpty();
    assertThat(shared.place()).isNull();
    assertThat(JobRecords.specs(ids.get(2))).isEmpty();
    assertThat(JobRecords.specs(ids.get(3)).get(0).value().clientId()).isEqualTo("leader");
    assertThat(JobRecords.commands(ids.get(1)).get(0).value())
        .isInstanceOf(JobCommand.Submit.class);
  }

  @Test
  void jobs_of_sets_are_there_from_the_moment_the_submit_answers() {
    String name = "gang-there";
    JsonNode submitted =
        SERVER.client().yaml("POST", "/api/v1/jobs", GANGS.formatted(name)).json().path("jobs");
    List<String> ids = submitted.findValuesAsText("jobId");
    JsonNode second = SERVER.client().get("/api/v1/jobs/" + ids.get(2)).json();
    assertThat(second.path("state").asText()).isEqualTo("ACCEPTED");
    assertThat(second.path("clientId").asText()).isEqualTo("b");
    assertThat(second.path("gangId").asText()).isEqualTo(name);
    assertThat(second.path("namespace").asText()).isEqualTo("default");
    String path = "/api/v1/jobs?limit=2&jobSet=" + name;
    JsonNode page = SERVER.client().get(path).json();
    List<String> listed = new ArrayList<>(page.path("items").findValuesAsText("jobId"));
    while (page.has("next")) {
      page = SERVER.client().get(page.path("next").asText()).json();
      listed.addAll(page.path("items").findValuesAsText("jobId"));
    }
    assertThat(listed).containsExactlyInAnyOrderElementsOf(ids);

    String beyond = SetIds.job(SetIds.set(UUID.fromString(ids.get(0))), 3);
    assertThat(SERVER.client().get("/api/v1/jobs/" + beyond).status()).isEqualTo(404);
    OwnerQueries owners = new OwnerQueries(jdbi());
    assertThat(owners.of(Set.of(ids.get(0), ids.get(1), ids.get(3), beyond)))
        .isEqualTo(
            Map.of(ids.get(0), "bootstrap", ids.get(1), "bootstrap", ids.get(3), "bootstrap"));
  }

  private static Jdbi jdbi() {
    return Jdbi.create(() -> DriverManager.getConnection(SERVER.databaseUrl))
        .registerArrayType(String.class, "text");
  }

  @Test
  void once_the_tables_show_jobs_of_a_set_the_others_are_still_accepted() throws Exception {
    String setId = setId(submit("partly"));
    try (LookoutRows rows = new LookoutRows(SERVER.databaseUrl)) {
      rows.job(SetIds.job(setId, 1), "partly", "running", Instant.now());
    }
    JsonNode accepted = SERVER.client().get("/api/v1/jobs?jobSet=partly&state=ACCEPTED").json();
    assertThat(accepted.path("items").findValuesAsText("jobId"))
        .containsExactly(
            SetIds.job(setId, 4), SetIds.job(setId, 3), SetIds.job(setId, 2), SetIds.job(setId, 0));
    try (LookoutRows rows = new LookoutRows(SERVER.databaseUrl)) {
      for (int i : List.of(0, 2, 3, 4)) {
        rows.job(SetIds.job(setId, i), "partly", "running", Instant.now());
      }
    }
    assertThat(
            SERVER.client().get("/api/v1/jobs?jobSet=partly&state=ACCEPTED").json().path("items"))
        .isEmpty();
    await().until(() -> shown(setId));
  }

  private static boolean shown(String setId) throws Exception {
    try (Connection connection = DriverManager.getConnection(SERVER.databaseUrl);
        ResultSet row =
            connection
                .createStatement()
                .executeQuery(
                    "select shown from control.submitted_sets where set_id = '" + setId + "'")) {
      return row.next() && row.getBoolean(1);
    }
  }

  @Test
  void the_same_key_gives_the_same_set_and_means_the_query_too() {
    Client.Answer first = submit("repeat-set", "Idempotency-Key", "set-1");
    Client.Answer second = submit("repeat-set", "Idempotency-Key", "set-1");
    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json()).isEqualTo(first.json());
    Client.Answer other =
        SERVER
            .client()
            .yaml(
                "POST",
                "/api/v1/sets?jobSet=other",
                MANIFEST.formatted("repeat-set"),
                "Idempotency-Key",
                "set-1");
    assertThat(other.problem()).isEqualTo("idempotency-key-reused");
    assertThat(JobRecords.commands(setId(first))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kind: JobSet | kind: Job | '' | 422 | kind: unknown kind "Job"; allowed: JobSet
          queue-name: research | other: x | '' | 422 | metadata: no queue is named; give it with the request
          queue-name: research | queue-name: nowhere | '' | 422 | there is no queue 'nowhere'
          queue-name: research | other: x | ?queue=nowhere | 422 | there is no queue 'nowhere'
          action: RestartJob, | action: Restart, | '' | 422 | spec.failurePolicy.rules[0].action: unknown action "Restart"
          backoffLimit: 1 | completionMode: NonIndexed | '' | 422 | completionMode NonIndexed
          kind: JobSet | kind: JobSet | ?jobset=x | 400 | query parameter 'jobset' is not known
          """)
  void a_wrong_manifest_is_refused_with_its_place(
      String text, String by, String query, int status, String detail) {
    String manifest = MANIFEST.formatted("wrong").replace(text, by);
    Client.Answer answer = SERVER.client().yaml("POST", "/api/v1/sets" + query, manifest);
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    assertThat(answer.json().path("detail").asText()).contains(detail);
  }

  @Test
  void a_spec_that_is_too_large_is_refused_with_its_place() {
    String manifest =
        MANIFEST
            .formatted("large")
            .replace("image: \"train:1\"", "image: \"" + "i".repeat(1 << 20) + "\"");
    Client.Answer answer = SERVER.client().yaml("POST", "/api/v1/sets", manifest);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.json().path("errors").path(0).path("pointer").asText())
        .isEqualTo("/spec/replicatedJobs/0/template/spec/template/spec");
  }

  @Test
  void a_set_is_cancelled_by_its_id_by_a_job_or_with_its_job_set_and_once_each() {
    String byId = setId(submit("by-id"));
    Client.Answer answer =
        SERVER.client().json("POST", "/api/v1/sets/" + byId + "/cancel", "{\"reason\": \"no\"}");
    assertThat(answer.status()).as("%s", answer).isEqualTo(202);
    assertThat(answer.json().path("state").asText()).isEqualTo("QUEUED");
    assertThat(cancels(byId)).containsExactly(SetIds.job(byId, 0));

    String byJob = setId(submit("by-job"));
    String job = SetIds.job(byJob, 3);
    assertThat(SERVER.client().json("POST", "/api/v1/jobs/" + job + "/cancel", "{}").status())
        .isEqualTo(202);
    assertThat(cancels(byJob)).containsExactly(job);

    SERVER.client().yaml("POST", "/api/v1/jobs", GANGS.formatted("by-job-set"));
    String other =
        SERVER
            .client()
            .yaml("POST", "/api/v1/sets?jobSet=by-job-set", MANIFEST.formatted("another"))
            .json()
            .path("setId")
            .asText();
    Client.Answer all =
        SERVER.client().json("POST", "/api/v1/queues/research/job-sets/by-job-set/cancel", "{}");
    assertThat(all.json().path("jobs")).hasSize(10);
    assertThat(cancels("by-job-set")).hasSize(1);
    assertThat(cancels(other)).hasSize(1);
  }

  private static List<String> cancels(String key) {
    return JobRecords.commands(key).stream()
        .map(JobRecords.Read::value)
        .filter(JobCommand.Cancel.class::isInstance)
        .map(command -> command.job().jobId())
        .toList();
  }

  @Test
  void a_set_that_nobody_knows_is_not_there() {
    String unknown = SetIds.set(UUID.randomUUID());
    assertThat(SERVER.client().get("/api/v1/sets/" + unknown).status()).isEqualTo(404);
    assertThat(SERVER.client().json("POST", "/api/v1/sets/" + unknown + "/cancel", "{}").status())
        .isEqualTo(404);
  }

  @Test
  void a_kept_set_that_no_version_reads_any_more_keeps_no_other_from_kafka() throws Exception {
    String owed =
        """
        insert into control.submissions (id, owner, idempotency_key, body_sha256, queue, job_set, accepted_at)
        values ('%s', 'x', '%1$s', '', 'research', 'owed', now() - interval '%s minutes')""";
    UUID broken = UUID.randomUUID();
    UUID next = UUID.randomUUID();
    try (Connection connection = DriverManager.getConnection(SERVER.databaseUrl);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(owed.formatted(broken, 2));
      statement.execute(
          """
          insert into control.submitted_sets (set_id, last_id, submission_id, position, name, queue,
            job_set, gang_id, owner, accepted_at, jobs, fail_fast, manifest)
          values ('s', 't', '%s', 0, 'n', 'research', 'owed', 's', 'x', now(), 1, false, '{}')"""
              .formatted(broken));
      statement.execute(owed.formatted(next, 1));
      connection.commit();
      connection.setAutoCommit(true);
      await().until(() -> produced(statement, next));
      assertThat(produced(statement, broken)).isFalse();
      statement.execute("delete from control.submissions where job_set = 'owed'");
    }
  }

  private static boolean produced(Statement statement, UUID submission) throws Exception {
    try (ResultSet row =
        statement.executeQuery(
            "select produced_at is not null from control.submissions where id = '"
                + submission
                + "'")) {
      return row.next() && row.getBoolean(1);
    }
  }
}
