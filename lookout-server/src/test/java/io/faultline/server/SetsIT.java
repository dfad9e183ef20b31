package io.faultline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.domain.set.SetIds;
import io.faultline.server.control.SubmissionStore;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is seen of sets, over rows as the ingester writes them. */
class SetsIT {

  @RegisterExtension static final RunningServer SERVER = new RunningServer();

  private static final Instant T = Instant.parse("2026-03-01T10:00:00Z");

  /** A leader that asks for 2 cores and 1 GiB, and two workers with limits of 500m and 512 MiB. */
  private static final String MANIFEST =
      """
      apiVersion: jobset.x-k8s.io/v1alpha2
      kind: JobSet
      metadata: {name: %s, annotations: {faultline.io/queue: q}}
      spec:
        failurePolicy: {maxRestarts: 3}
        replicatedJobs:
          - name: leader
            template: {spec: {template: {spec: {containers: [{name: main, resources: {requests: {cpu: 2, memory: 1Gi}, limits: {cpu: 8}}}]}}}}
          - name: workers
            replicas: 2
            template: {spec: {template: {spec: {containers: [{name: main, resources: {limits: {cpu: 500m, memory: 512Mi}}}]}}}}
      """;

  private static final String VERDICT =
      """
      {"outcome": "%s", "action": "%s", "reason": "%s", "blamed": "train-workers-0", "jobFailureReason": "PodFailurePolicy",
       "jobFailureMessage": "exit code 143", "failed": 3, "collateral": ["train-leader-0"], "collateralCount": 1, "restarts": %d, "counted": 1, "countedOfJobs": 0}
      """;

  @BeforeAll
  static void createQueue() {
    SERVER.client().yaml("PUT", "/api/v1/queues/q", RunningServer.QUEUE.formatted("q"));
  }

  private static String submit(String name) {
    Client.Answer answer = SERVER.client().yaml("POST", "/api/v1/sets", MANIFEST.formatted(name));
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    return answer.json().path("setId").asText();
  }

  private static JsonNode set(String setId) {
    return SERVER.client().get("/api/v1/sets/" + setId).json();
  }

  private static LookoutRows rows() throws Exception {
    return new LookoutRows(SERVER.databaseUrl);
  }

  @Test
  void a_set_that_nothing_is_shown_of_is_queued() {
    JsonNode set = set(submit("fresh"));

    assertThat(set.path("state").asText()).isEqualTo("QUEUED");
    assertThat(set.path("jobs").asInt()).isEqualTo(3);
    assertThat(set.path("gang").asBoolean()).isFalse();
    assertThat(set.path("owner").asText()).isEqualTo("bootstrap");
    assertThat(set.path("restarts").asInt()).isZero();
    assertThat(set.path("jobsByState").toString()).isEqualTo("{\"ACCEPTED\":3}");
    assertThat(set.path("failurePolicy").toString()).isEqualTo("{\"maxRestarts\":3}");
    assertThat(set.path("generations")).isEmpty();
    assertThat(set.path("lost").path("seconds").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "running, queued, succeeded, RUNNING",
    "leased, queued, retrying, PENDING",
    "pending, failed, succeeded, PENDING",
    "retrying, queued, failed, RETRYING",
    "queued, failed, succeeded, QUEUED",
    "cancelled, failed, preempted, FAILED",
    "cancelled, succeeded, preempted, PREEMPTED",
    "cancelled, succeeded, succeeded, CANCELLED",
    "succeeded, succeeded, succeeded, SUCCEEDED",
    "succeeded, succeeded, , QUEUED",
  })
  void the_state_of_a_set_follows_from_those_of_its_jobs(
      String first, String second, String third, String state) throws Exception {
    String setId = submit("states");
    try (LookoutRows rows = rows()) {
      rows.job(SetIds.job(setId, 0), "states", first, T);
      rows.job(SetIds.job(setId, 1), "states", second, T);
      if (third != null) {
        rows.job(SetIds.job(setId, 2), "states", third, T);
      }
    }
    assertThat(set(setId).path("state").asText()).isEqualTo(state);
  }

  @Test
  void generations_have_their_times_and_what_ended_them_and_what_was_lost_is_reckoned()
      throws Exception {
    String setId = submit("train");
    String leader = SetIds.job(setId, 0);
    String worker = SetIds.job(setId, 1);
    String other = SetIds.job(setId, 2);
    String neighbour = submit("neighbour");
    try (LookoutRows rows = rows()) {
      // the first generation: one worker alone starts again, then all do
      rows.run(leader, 0, T, T.plusSeconds(10), T.plusSeconds(110));
      rows.run(worker, 0, T.plusSeconds(1), T.plusSeconds(10), T.plusSeconds(50));
      rows.setDecision(worker, T.plusSeconds(52), setId, 0, verdict("restartOne", "RestartJob", 0));
      rows.run(worker, 1, T.plusSeconds(53), T.plusSeconds(60), T.plusSeconds(100));
      rows.run(other, 0, T.plusSeconds(1), T.plusSeconds(20), T.plusSeconds(112));
      rows.setDecision(
          worker, T.plusSeconds(115), setId, 0, verdict("restartAll", "RestartJobSet", 1));
      // the second one runs
      rows.run(leader, 1, T.plusSeconds(120), T.plusSeconds(130), null);
      rows.run(worker, 2, T.plusSeconds(121), null, null);
      rows.run(other, 1, T.plusSeconds(122), T.plusSeconds(130), null);
      rows.run(SetIds.job(neighbour, 0), 0, T, T, T.plusSeconds(1000));
      rows.run(SetIds.job(neighbour, 0), 1, T.plusSeconds(1000), null, null);
    }

    JsonNode set = set(setId);

    assertThat(set.path("restarts").asInt()).isEqualTo(1);
    JsonNode generations = set.path("generations");
    assertThat(generations).hasSize(2);
    JsonNode first = generations.path(0);
    assertThat(first.path("began").asText()).isEqualTo(T.toString());
    assertThat(first.path("ended").asText()).isEqualTo(T.plusSeconds(112).toString());
    assertThat(first.path("runs").asInt()).isEqualTo(4);
    JsonNode decision = first.path("decision");
    assertThat(decision.path("at").asText()).isEqualTo(T.plusSeconds(115).toString());
    assertThat(decision.path("action").asText()).isEqualTo("RestartJobSet");
    assertThat(decision.path("reason").asText()).isEqualTo("FailurePolicy_maintenance");
    assertThat(decision.path("rule").path("name").asText()).isEqualTo("maintenance");
    assertThat(decision.path("blamed").asText()).isEqualTo("train-workers-0");
    assertThat(decision.path("jobId").asText()).isEqualTo(worker);
    assertThat(decision.path("collateral").path(0).asText()).isEqualTo("train-leader-0");
    assertThat(generations.path(1).path("began").asText()).isEqualTo(T.plusSeconds(120).toString());
    assertThat(generations.path(1).has("ended")).isFalse();
    assertThat(generations.path(1).path("runs").asInt()).isEqualTo(3);
    assertThat(set.path("decisionsOfJobs").findValuesAsText("outcome"))
        .containsExactly("restartOne");

    // leader 100 s; workers 40 + 40 + 92 s
    JsonNode lost = set.path("lost");
    assertThat(lost.path("runs").asInt()).isEqualTo(4);
    assertThat(lost.path("seconds").decimalValue()).isEqualByComparingTo("272");
    assertThat(lost.path("wallClockSeconds").decimalValue()).isEqualByComparingTo("120");
    assertThat(lost.path("cpuCoreSeconds").decimalValue()).isEqualByComparingTo("286");
    assertThat(lost.path("memoryGiBSeconds").decimalValue()).isEqualByComparingTo("186");

    JsonNode about =
        SERVER.client().get("/api/v1/decisions?jobId=" + worker).json().path("items").path(0);
    assertThat(about.path("set").path("setId").asText()).isEqualTo(setId);
    assertThat(about.path("set").path("generation").asInt()).isZero();
    assertThat(about.path("set").path("outcome").asText()).isEqualTo("restartAll");
  }

  private static String verdict(String outcome, String action, int restarts) {
    return VERDICT.formatted(outcome, action, "FailurePolicy_maintenance", restarts);
  }

  @Test
  void sets_are_listed_newest_first_page_by_page_and_by_job_set() {
    SERVER.client().yaml("PUT", "/api/v1/queues/paged", RunningServer.QUEUE.formatted("paged"));
    List<String> submitted =
        List.of("a", "b", "c").stream()
            .map(
                jobSet ->
                    SERVER
                        .client()
                        .yaml(
                            "POST",
                            "/api/v1/sets?queue=paged&jobSet=" + jobSet,
                            MANIFEST.formatted("listed"))
                        .json()
                        .path("setId")
                        .asText())
            .toList();
    JsonNode first = SERVER.client().get("/api/v1/sets?queue=paged&limit=2").json();
    JsonNode second = SERVER.client().get(first.path("next").asText()).json();
    assertThat(first.path("items").findValuesAsText("setId"))
        .containsExactly(submitted.get(2), submitted.get(1));
    assertThat(second.path("items").findValuesAsText("setId")).containsExactly(submitted.get(0));
    assertThat(
            SERVER
                .client()
                .get("/api/v1/sets?queue=paged&jobSet=b")
                .json()
                .path("items")
                .findValuesAsText("setId"))
        .containsExactly(submitted.get(1));
    assertThat(SERVER.client().get("/api/v1/sets?state=x").status()).isEqualTo(400);
  }

  @Test
  void a_set_that_runs_is_cancelled_by_a_job_that_has_not_ended_and_one_that_ended_is_not()
      throws Exception {
    String setId = submit("live");
    try (LookoutRows rows = rows()) {
      rows.job(SetIds.job(setId, 0), "live", "succeeded", T);
      rows.ended(SetIds.job(setId, 0), T);
      rows.job(SetIds.job(setId, 1), "live", "running", T);
      rows.job(SetIds.job(setId, 2), "live", "running", T);
    }
    String path = "/api/v1/sets/" + setId + "/cancel";
    assertThat(SERVER.client().json("POST", path, "{}").json().path("state").asText())
        .isEqualTo("RUNNING");
    assertThat(JobRecords.commands(setId))
        .last()
        .extracting(command -> command.value().job().jobId())
        .isEqualTo(SetIds.job(setId, 1));

    String done = submit("done");
    String gone = submit("gone");
    try (LookoutRows rows = rows()) {
      for (int i = 0; i < 3; i++) {
        rows.job(SetIds.job(done, i), "done", "succeeded", T);
        rows.job(SetIds.job(gone, i), "gone", "cancelled", T);
      }
    }
    Client.Answer refused = SERVER.client().json("POST", "/api/v1/sets/" + done + "/cancel", "{}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("detail").asText()).isEqualTo("the set has ended: SUCCEEDED");
    assertThat(SERVER.client().json("POST", "/api/v1/sets/" + gone + "/cancel", "{}").status())
        .isEqualTo(200);
  }

  @Test
  void a_set_is_remembered_as_long_as_it_has_not_ended() throws Exception {
    String live = submit("kept-live");
    String done = submit("kept-done");
    try (LookoutRows rows = rows()) {
      for (int i = 0; i < 3; i++) {
        rows.job(SetIds.job(live, i), "kept", i == 2 ? "running" : "succeeded", T);
        rows.job(SetIds.job(done, i), "kept", "succeeded", T);
        rows.ended(SetIds.job(done, i), T);
      }
      rows.ended(SetIds.job(live, 0), T);
      rows.ended(SetIds.job(live, 1), T);
    }
    Jdbi jdbi = Jdbi.create(() -> DriverManager.getConnection(SERVER.databaseUrl));

    new SubmissionStore(jdbi).forgetBefore(Instant.now().plusSeconds(60));

    assertThat(SERVER.client().get("/api/v1/sets/" + live).status()).isEqualTo(200);
    assertThat(SERVER.client().get("/api/v1/sets/" + done).status()).isEqualTo(404);
    JsonNode job = SERVER.client().get("/api/v1/jobs/" + SetIds.job(live, 2)).json();
    assertThat(job.path("setId").asText()).isEqualTo(live);
  }

  @Test
  void a_set_of_a_hundred_thousand_jobs_is_a_row_and_each_of_its_jobs_is_there() throws Exception {
    String manifest =
        MANIFEST
            .formatted("vast")
            .replace("replicas: 2", "replicas: 9999")
            .replace(
                "template: {spec: {template: {spec: {containers: [{name: main, resources: {limits",
                "template: {spec: {parallelism: 10, completions: 10, template: {spec: {containers: [{name: main, resources: {limits");
    Client.Answer answer = SERVER.client().yaml("POST", "/api/v1/sets", manifest);
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    assertThat(answer.json().path("jobs").asInt()).isEqualTo(99_991);
    String setId = answer.json().path("setId").asText();
    String last = SetIds.job(setId, 99_990);
    assertThat(SERVER.client().get("/api/v1/jobs/" + last).json().path("state").asText())
        .isEqualTo("ACCEPTED");
    assertThat(SERVER.client().get("/api/v1/jobs/" + SetIds.job(setId, 99_991)).status())
        .isEqualTo(404);
    JsonNode page = SERVER.client().get("/api/v1/jobs?jobSet=vast&limit=1000").json();
    assertThat(page.path("items")).hasSize(1000);
    assertThat(page.path("items").path(0).path("jobId").asText()).isEqualTo(last);
    JsonNode next = SERVER.client().get(page.path("next").asText()).json();
    assertThat(next.path("items").path(0).path("jobId").asText())
        .isEqualTo(SetIds.job(setId, 98_990));
    assertThat(set(setId).path("jobsByState").path("ACCEPTED").asInt()).isEqualTo(99_991);
  }
}
