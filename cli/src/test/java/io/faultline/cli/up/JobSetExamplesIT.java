package io.faultline.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The examples of failure policies in JobSet's documentation, with real processes: what each does
 * is what is said there of it. The manifests have the fields and numbers of its own; their scripts
 * do the same in other words.
 */
class JobSetExamplesIT {

  private static final String QUEUE = "jobsets";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Those that nobody has to drive. */
  private static final List<String> BY_THEMSELVES =
      List.of(
          "failjobset-action",
          "restartjobset-action",
          "restartjobsetandignoremaxrestarts-action",
          "onjobfailurereasons-present",
          "onjobfailurereasons-present-podfailurepolicy",
          "failure-policy",
          "pod-failure-policy",
          "configurable-failure-policy");

  @TempDir private static Path folder;

  private static final Map<String, SubmittedSet> SETS = new HashMap<>();
  private static UpProcess up;

  @BeforeAll
  static void allAreSubmitted() throws IOException {
    up = new UpProcess(folder, "--set", "executor.maxRuns=100");
    Path queue = folder.resolve("queue.yaml");
    Files.writeString(
        queue, "{apiVersion: faultline.io/v1, kind: Queue, name: jobsets, priorityFactor: 1}");
    up.run("apply", "--wait", "-f", queue.toString());
    for (String name : BY_THEMSELVES) {
      SETS.put(name, submit(name));
    }
  }

  @AfterAll
  static void end() {
    up.close();
  }

  /**
   * Submits an example as it stands, but that it sleeps for one second where it sleeps for some, so
   * that its end can be awaited; and that the files by which it is driven are in the container's
   * own folder, as processes share one /tmp.
   */
  private static SubmittedSet submit(String name) throws IOException {
    return submit(name, Manifests.text(name));
  }

  private static SubmittedSet submit(String name, String example) throws IOException {
    String manifest =
        example.replaceAll("sleep (5|10)\\b", "sleep 1").replaceAll("/tmp/(fail|succeed)", "$1");
    Path file = Files.writeString(folder.resolve(name + ".yaml"), manifest);
    return SubmittedSet.of(up, file, QUEUE, name);
  }

  @Test
  void failJobSet_theSetFailsAtOnceWhenItsLeaderDoes() throws IOException {
    SubmittedSet set = SETS.get("failjobset-action");
    set.awaitState("FAILED");

    assertThat(set.decisions())
        .containsExactly(
            "0 failed FailJobSetFailurePolicyAction failjobset-action-example-leader-0"
                + " BackoffLimitExceeded 0 0 0");
    assertThat(set.starts()).containsExactly(1L, 1L, 1L, 1L);
    assertThat(set.reasonsOfEnds()).hasSize(4).containsOnly("FailJobSetFailurePolicyAction");
    assertThat(up.run("describe", "set", set.id()))
        .contains(
            "The set fails (FailJobSet, rule failurePolicyRule0, FailJobSetFailurePolicyAction)");
  }

  @Test
  void restartJobSet_theSetStartsAgainUpToMaxRestarts() throws IOException {
    restartsThreeTimes(
        SETS.get("restartjobset-action"),
        "FailurePolicy_failurePolicyRule0 restartjobset-action-example-leader-0"
            + " BackoffLimitExceeded");
  }

  @Test
  void withoutRulesTheSetStartsAgainUpToMaxRestarts() throws IOException {
    restartsThreeTimes(
        SETS.get("failure-policy"),
        "DefaultFailurePolicy failure-policy-leader-0 BackoffLimitExceeded");
  }

  @Test
  void aPodFailurePolicyAloneLeavesTheSetToItsDefault() throws IOException {
    restartsThreeTimes(
        SETS.get("pod-failure-policy"),
        "DefaultFailurePolicy podfailurepolicy-leader-0 PodFailurePolicy");
  }

  /** Four generations of all jobs, and the set fails as no restart is left. */
  private static void restartsThreeTimes(SubmittedSet set, String why) throws IOException {
    set.awaitState("FAILED");

    String blamed = why.substring(why.indexOf(' ') + 1);
    assertThat(set.decisions())
        .containsExactly(
            "0 restartAll " + why + " 1 1 0",
            "1 restartAll " + why + " 2 2 0",
            "2 restartAll " + why + " 3 3 0",
            "3 failed ReachedMaxRestarts " + blamed + " 3 3 0");
    assertThat(set.starts()).containsExactlyElementsOf(Collections.nCopies(set.jobs(), 4L));
    assertThat(set.reasonsOfEnds()).hasSize(set.jobs()).containsOnly("ReachedMaxRestarts");
  }

  /** Each says "an unlimited number of times": more often than maxRestarts, with none counted. */
  @ParameterizedTest
  @CsvSource({
    "restartjobsetandignoremaxrestarts-action, rjimr-action-example, BackoffLimitExceeded",
    "onjobfailurereasons-present, onjobfailurereasons-present-example, BackoffLimitExceeded",
    "onjobfailurereasons-present-podfailurepolicy,"
        + " onjobfailurereasons-podfailurepolicy-example, PodFailurePolicy",
  })
  void ignoreMaxRestarts_theSetStartsAgainWithoutAnEnd(String file, String name, String reason)
      throws IOException {
    SubmittedSet set = SETS.get(file);
    set.awaitDecisions(5);
    up.run("cancel", "set", set.id());
    set.awaitState("CANCELLED");

    String why = "FailurePolicy_failurePolicyRule0 %s-leader-0 %s".formatted(name, reason);
    assertThat(set.decisions())
        .startsWith(
            IntStream.range(0, 5)
                .mapToObj(n -> "%d restartAll %s %d 0 0".formatted(n, why, n + 1))
                .toArray(String[]::new));
    assertThat(set.starts()).allMatch(starts -> starts >= 5);
  }

  @Test
  void anExitByMaintenanceStartsTheSetAgainAsItFitsNoRule() throws IOException {
    SubmittedSet set = SETS.get("configurable-failure-policy");
    set.awaitState("FAILED");

    String blamed = "configurable-failure-policy-my-job-0 BackoffLimitExceeded";
    assertThat(set.decisions())
        .startsWith("0 restartAll DefaultFailurePolicy " + blamed + " 1 1 0")
        .endsWith("10 failed ReachedMaxRestarts " + blamed + " 10 10 0")
        .hasSize(11);
    assertThat(set.starts()).containsExactly(11L);
  }

  @Test
  void restartJob_aWorkerAloneALeaderWithAllAndBothCount() throws IOException {
    SubmittedSet set = submit("restartjob-action");

    touch(set, 3, 0, "fail");
    set.awaitDecisions(1);
    touch(set, 1, 0, "fail");
    set.awaitDecisions(2);
    touch(set, 2, 2, "fail");
    set.awaitState("FAILED");

    assertThat(set.decisions())
        .containsExactly(
            "0 restartOne FailurePolicy_r_worker js-rj-worker-0 BackoffLimitExceeded 0 0 1",
            "0 restartAll FailurePolicy_r_leader js-rj-leader-0 BackoffLimitExceeded 1 1 1",
            "1 failed ReachedMaxRestarts js-rj-worker-0 BackoffLimitExceeded 1 1 1");
    assertThat(set.starts()).as("leaders, then workers").containsExactly(2L, 2L, 3L, 3L);
    assertThat(set.reasonsOfEnds()).hasSize(4).containsOnly("ReachedMaxRestarts");
  }

  @Test
  void restartJobAndIgnoreMaxRestarts_neitherCounts() throws IOException {
    SubmittedSet set = submit("restartjobandignoremaxrestarts-action");

    for (int run = 0; run < 3; run++) {
      touch(set, 2, run, "fail");
      set.awaitDecisions(run + 1);
    }
    touch(set, 0, 0, "fail");
    set.awaitDecisions(4);
    touch(set, 0, 1, "succeed");
    touch(set, 1, 1, "succeed");
    touch(set, 2, 4, "succeed");
    touch(set, 3, 4, "succeed");
    set.awaitState("SUCCEEDED");

    String worker = "0 restartOne FailurePolicy_r_worker js-rj-worker-0 BackoffLimitExceeded 0 0 0";
    assertThat(set.decisions())
        .containsExactly(
            worker,
            worker,
            worker,
            "0 restartAll FailurePolicy_r_leader js-rj-leader-0 BackoffLimitExceeded 1 0 0");
    assertThat(set.starts()).as("leaders, then workers").containsExactly(2L, 2L, 5L, 5L);
    assertThat(set.ofType("succeeded")).hasSize(4);
  }

  @Test
  void recreateJob_underTodaysNameStartsOneJobOfSeveralAgain() throws IOException {
    String name = "recreatejob-action";
    SubmittedSet set =
        submit(name, Manifests.text(name).replace("action: RecreateJob", "action: RestartJob"));

    touch(set, 3, 0, "fail");
    set.awaitDecisions(1);
    await("it starts again alone").atMost(PATIENCE).until(() -> running(set.job(3), 1));
    assertThat(set.starts()).containsExactly(1L, 1L, 2L, 2L, 1L, 1L, 1L, 1L, 1L, 1L);
    touch(set, 8, 0, "fail");
    set.awaitDecisions(2);
    for (int index = 0; index < set.jobs(); index++) {
      touch(set, index, index == 2 || index == 3 ? 2 : 1, "succeed");
    }
    set.awaitState("SUCCEEDED");

    assertThat(set.decisions())
        .containsExactly(
            "0 restartOne FailurePolicy_failurePolicyRule0 test-workers-a-1 BackoffLimitExceeded"
                + " 0 0 1",
            "0 restartAll DefaultFailurePolicy test-workers-b-2 BackoffLimitExceeded 1 1 1");
    assertThat(set.starts()).containsExactly(2L, 2L, 3L, 3L, 2L, 2L, 2L, 2L, 2L, 2L);
  }

  /** As the examples have one do it with {@code kubectl exec POD -- touch /tmp/FILE}. */
  private static void touch(SubmittedSet set, int index, int run, String file) throws IOException {
    String job = set.job(index);
    await("run " + run + " of job " + index + " runs")
        .atMost(PATIENCE)
        .until(() -> running(job, run));
    String id = up.ask("get", "runs", job).path("items").path(run).path("runId").asText();
    try (Stream<Path> found =
        Files.find(folder.resolve("data"), 9, (path, is) -> path.endsWith(work(id)))) {
      Files.createFile(found.findFirst().orElseThrow().resolve(file));
    }
  }

  private static boolean running(String job, int run) throws IOException {
    JsonNode runs = up.ask("get", "runs", job).path("items");
    return runs.path(run).path("state").asText().equals("RUNNING");
  }

  private static Path work(String run) {
    return Path.of("runs", run, "c", "0", "work");
  }
}
