package io.faultline.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.faultline.cli.Ran;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.job.RunState;
import io.faultline.domain.set.SetIds;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sets as they should not be, and reports that should not come, at a whole that runs: each is
 * answered or decided as it is written, and the set that is submitted next succeeds.
 */
class BadSetsIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String QUEUE = "bad-sets";

  @TempDir private static Path folder;

  private static MockCluster cluster;
  private static UpProcess up;
  private static int submitted;

  @BeforeAll
  static void begin() throws IOException {
    cluster = new MockCluster();
    String kubeconfig = cluster.kubeconfig(folder).toString();
    up =
        new UpProcess(
            folder,
            "--kubeconfig",
            kubeconfig,
            "--context",
            "mock",
            "--set",
            "sets.settleWindow=10s"); // long enough for what must be weighed together
    Path queue = folder.resolve("queue.yaml");
    Files.writeString(
        queue, "{apiVersion: faultline.io/v1, kind: Queue, name: bad-sets, priorityFactor: 1}");
    up.run("apply", "--wait", "-f", queue.toString());
  }

  @AfterAll
  static void end() {
    up.close();
    cluster.close();
  }

  @AfterEach
  void theStreamGoesOn() throws IOException {
    submit("good", "{maxRestarts: 0}", "workers 2 0").awaitState("SUCCEEDED");
    assertThat(up.ask("dead-letters", "list").path("items")).isEmpty();
  }

  private static Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "file", ".yaml"), text);
  }

  private static SubmittedSet submit(String name, String policy, String... jobs)
      throws IOException {
    String own = name + ++submitted;
    return SubmittedSet.of(up, file(Manifests.of(own, policy, jobs)), QUEUE, own);
  }

  /** It is refused by the command and over REST in the same words, and nothing of it is kept. */
  private static void refused(String text, String route, String... says) throws Exception {
    Ran ran =
        route.startsWith("sets")
            ? up.ran("submit", "-f", file(text).toString(), "--queue", QUEUE, "--job-set", "no")
            : up.ran("submit", "-f", file(text).toString());
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains(says);

    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(up.address("server") + "/api/v1/" + route))
                .header("Authorization", "Bearer " + up.address("token"))
                .header("Content-Type", "application/yaml")
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isBetween(400, 422);
    assertThat(JSON.readTree(answer.body()).path("detail").asText()).contains(says);

    assertThat(up.ask("get", "sets", "--job-set", "no").path("items")).isEmpty();
    assertThat(up.ask("get", "jobs", "--job-set", "no").path("items")).isEmpty();
  }

  private static final String SETS = "sets?queue=" + QUEUE + "&jobSet=no";

  @Test
  void aRuleForAReplicatedJobThatIsNotThereIsRefused() throws Exception {
    String rules =
        "{maxRestarts: 1, rules: [{action: RestartJobSet, targetReplicatedJobs: [leader]}]}";

    refused(
        Manifests.of("target", rules, "driver 1 0", "workers 2 0"),
        SETS,
        "spec.failurePolicy.rules[0].targetReplicatedJobs[0]",
        "\"leader\"",
        "driver, workers");
  }

  @Test
  void anUnknownFieldIsRefused() throws Exception {
    refused(
        Manifests.of("field", "{maxRestarts: 1, maxRestart: 2}", "workers 2 0"),
        SETS,
        "spec.failurePolicy",
        "maxRestart",
        "maxRestarts");
    refused(
        Manifests.of("field", "{}", "workers 2 0").replace("replicas:", "replica:"),
        SETS,
        "spec.replicatedJobs[0]",
        "replica",
        "replicas");
  }

  /** What examples of JobSet ask for that is not there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RestartJob | RecreateJob | spec.failurePolicy.rules[0].action | FailJobSet",
        "maxRestarts: 3 | restartStrategy: InPlaceRestart | restartStrategy | BlockingRecreate",
        "metadata: { | 'metadata: {annotations: {alpha.jobset.sigs.k8s.io/exclusive-topology: r},'"
            + " | metadata.annotations | affinity",
        "spec: | 'spec:\n  gangPolicy: {policy: JobSetAsGang}' | gangPolicy | startupPolicy",
        "v1alpha2 | v1alpha1 | jobset.x-k8s.io/v1alpha1 | jobset.x-k8s.io/v1alpha2",
      })
  void whatIsNotThereIsRefusedByItsName(String word, String instead, String refused, String allowed)
      throws Exception {
    String rules = "{maxRestarts: 3, rules: [{action: RestartJob}]}";
    String text = Manifests.of("asked", rules, "workers 2 0");

    refused(text.replaceFirst(Pattern.quote(word), instead), SETS, refused, allowed);
  }

  @Test
  void restartJobOfMoreReplicasThanCanBeCountedIsRefused() throws Exception {
    String rules = "{maxRestarts: 1, rules: [{action: RestartJob}]}";

    refused(
        Manifests.of("many", rules, "workers 1025 0"),
        SETS,
        "RestartJob",
        "workers",
        "1025",
        "1024");
  }

  @ParameterizedTest
  @CsvSource({"3, 2", "2, 3"})
  void aGangOfMoreOrFewerJobsThanItSaysIsRefused(int says, int has) throws Exception {
    StringBuilder text = new StringBuilder("queue: bad-sets\njobSetId: no\njobs:\n");
    for (int i = 0; i < has; i++) {
      text.append("  - annotations: {faultline.io/gangId: g, faultline.io/gangCardinality: \"");
      text.append(says).append("\"}\n    podSpec: {containers: [{name: main}]}\n");
    }

    refused(text.toString(), "jobs", "g", "gangCardinality", String.valueOf(says), "" + has);
  }

  @Test
  void aMemberOfNoKnownSetIsAdvisedAboutAndNothingElse() throws Exception {
    String set = SetIds.set(UUID.fromString("01890a5d-ac96-774b-bcce-b302a9000000"));
    JobIdentity job = new JobIdentity(SetIds.job(set, 3), QUEUE, "nobodys", set);
    RunIdentity run = RunIdentity.of(job.jobId(), 0);

    try (StrayReports stray = new StrayReports(up)) {
      stray.report(job, run, RunState.RUNNING);
      stray.failed(job, run, 3);
    }
    await("its failure is known")
        .atMost(PATIENCE)
        .until(() -> !items("failures", job.jobId()).isEmpty());
    await("what would be done is known")
        .atMost(PATIENCE)
        .until(() -> !items("decisions", job.jobId()).isEmpty());

    assertThat(items("failures", job.jobId()).findValue("exitCode").asInt()).isEqualTo(3);
    assertThat(items("decisions", job.jobId()).findValue("advice").asBoolean()).isTrue();
    assertThat(up.run("watch", QUEUE, "nobodys", "--no-follow")).isEmpty();
    assertThat(up.ran("describe", "set", set).code()).isEqualTo(4);
  }

  private static JsonNode items(String what, String job) throws IOException {
    return up.ask("get", what, "--job-id", job).path("items");
  }

  /** Of two that ended by themselves the first in the set; a signal came of who did. */
  @ParameterizedTest
  @CsvSource({"0, 1, 1, 1, 0", "1, 1, 0, 1, 0", "0, 143, 1, 1, 1"})
  void ofTwoCausesAtOneInstantOneIsBlamedInWhicheverOrderTheyCome(
      int first, int code, int second, int other, int blamed) throws Exception {
    SubmittedSet set = submit("tie", "{maxRestarts: 0}", "driver 1 runs", "workers 2 runs");
    SetPods pods = new SetPods(cluster, set.jobSet());
    Pod one = pods.running("workers", first, 0, 0);
    Pod two = pods.running("workers", second, 0, 0);
    Instant at = Instant.now();

    pods.exit(one, code, at);
    pods.exit(two, other, at);
    set.awaitState("FAILED");

    assertThat(set.decisions())
        .containsExactly(
            "0 failed ReachedMaxRestarts %s-workers-%d BackoffLimitExceeded 0 0 0"
                .formatted(set.jobSet(), blamed));
  }

  @Test
  void whatFailsOrSucceedsWhileTheSetStartsAgainOrLateChangesNothing() throws Exception {
    SubmittedSet set =
        submit(
            "late",
            "{maxRestarts: 1}",
            "driver 1 1,runs",
            "failing 2 3" + MockCluster.WHEN_STOPPED + ",0",
            "succeeding 1 0" + MockCluster.WHEN_STOPPED + ",0");
    SetPods pods = new SetPods(cluster, set.jobSet());

    Pod driver = pods.running("driver", 0, 1);
    try (StrayReports stray = new StrayReports(up)) {
      JobIdentity failing = new JobIdentity(set.job(1), QUEUE, set.jobSet(), set.id());
      stray.failed(failing, RunIdentity.of(failing.jobId(), 0), 3);
      JobIdentity again = new JobIdentity(set.job(0), QUEUE, set.jobSet(), set.id());
      stray.report(again, RunIdentity.of(again.jobId(), 0), RunState.SUCCEEDED);
    }
    await("the late failure is known")
        .atMost(PATIENCE)
        .until(() -> !items("failures", set.job(1)).isEmpty());
    assertThat(set.state()).isEqualTo("RUNNING");
    pods.exit(driver, 0);
    set.awaitState("SUCCEEDED");

    assertThat(set.decisions())
        .containsExactly(
            "0 restartAll DefaultFailurePolicy %s-driver-0 BackoffLimitExceeded 1 1 0"
                .formatted(set.jobSet()));
    assertThat(set.starts()).containsExactly(2L, 2L, 2L, 2L);
    assertThat(set.ofType("succeeded")).hasSize(4);
  }

  /**
   * One member fails by itself, and then a signal ends another. A clock that is an hour early would
   * have the second one fail first; one that is late the first one last.
   */
  @ParameterizedTest
  @CsvSource({"PT0S, PT-1H", "PT1H, PT0S", "PT1H, PT-1H"})
  void theCauseIsToldThoughTheClockOfANodeIsOff(Duration ofCause, Duration ofOther)
      throws Exception {
    SubmittedSet set = submit("clock", "{maxRestarts: 0}", "driver 1 runs", "workers 2 runs");
    SetPods pods = new SetPods(cluster, set.jobSet());
    Pod cause = pods.running("workers", 1, 0, 0);
    Pod other = pods.running("workers", 0, 0, 0);

    pods.exit(cause, 1, Instant.now().plus(ofCause));
    await("the first failure is known")
        .atMost(PATIENCE)
        .until(() -> !items("failures", set.job(2)).isEmpty());
    pods.exit(other, 143, Instant.now().plus(ofOther));
    set.awaitState("FAILED");

    assertThat(set.decisions())
        .containsExactly(
            "0 failed ReachedMaxRestarts %s-workers-1 BackoffLimitExceeded 0 0 0"
                .formatted(set.jobSet()));
    assertThat(up.run("describe", "set", set.id()))
        .contains("Failed: 2, of which others dragged down 1: " + set.jobSet() + "-workers-0");
  }
}
