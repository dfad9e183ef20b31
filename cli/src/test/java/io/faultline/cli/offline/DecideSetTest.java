package io.faultline.cli.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecideSetTest {
  @TempDir Path folder;
  private String policy;
  private String group;

  @BeforeEach
  void files() throws IOException {
    policy =
        file(
            "policy.yaml",
            """
            failurePolicy:
              maxRestarts: 3
              rules:
                - {name: bug, action: FailJobSet, onJobFailureMessagePatterns: ["exit code 1$"]}
                - {name: alone, action: RestartJob, targetReplicatedJobs: [workers]}
            """);
    group =
        file(
            "group.yaml",
            """
            replicatedJobs: [{name: workers, replicas: 4}]
            status: {restarts: 1, restartsCountTowardsMax: 1, replicatedJobsStatus: [{name: workers, jobRestarts: [0, 0, 0, 0], jobRestartsCountTowardsMax: [0, 0, 0, 0]}]}
            failedJobs:
              - {name: set-workers-0, replicatedJob: workers, index: 0, reason: PodFailurePolicy, message: "…", category: "", finishedAt: "2026-03-01T10:05:00Z"}
            """);
  }

  @Test
  void theAnswerAsJson() throws IOException {
    Ran ran = Ran.faultline("decide", "--failure-policy", policy, "--group", group, "-o", "json");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(json(ran.out()))
        .isEqualTo(
            json(
                """
                {"outcome": "restartOne", "action": "RestartJob", "rule": 1, "ruleName": "alone",
                 "matchedJob": "set-workers-0",
                 "jobsToRestart": [{"replicatedJob": "workers", "index": 0}],
                 "countsTowardMax": true, "reason": "FailurePolicy_alone",
                 "message": "applying RestartJob failure policy action (first failed job: set-workers-0)",
                 "collateral": [],
                 "status": {"restarts": 1, "restartsCountTowardsMax": 1, "replicatedJobsStatus": [
                   {"name": "workers", "jobRestarts": [1, 0, 0, 0], "jobRestartsCountTowardsMax": [1, 0, 0, 0]}]},
                 "trace": [
                   {"check": "cause", "value": "set-workers-0, 0 collateral", "expected": "a cause", "holds": true},
                   {"check": "bug.onJobFailureMessagePatterns", "value": "set-workers-0: …", "expected": "exit code 1$", "holds": false},
                   {"check": "alone.replicatedJob", "value": "set-workers-0: workers", "expected": "a job of a replicated job", "holds": true},
                   {"check": "alone.targetReplicatedJobs", "value": "set-workers-0: workers", "expected": "workers", "holds": true},
                   {"check": "alone.action", "value": "set-workers-0: a job that can", "expected": "RestartJob of a job that can start again alone", "holds": true},
                   {"check": "alone", "value": "set-workers-0", "expected": "RestartJob", "holds": true},
                   {"check": "maxRestarts", "value": "1 of the set and 0 of single jobs count", "expected": "fewer than 3", "holds": true}],
                 "then": [], "decidedAt": null, "notWeighed": [], "late": []}
                """));
  }

  @Test
  void theAnswerForPeople() throws IOException {
    String falling =
        file(
            "falling.yaml",
            """
            replicatedJobs: [{name: workers, replicas: 4}]
            status: {restarts: 2, restartsCountTowardsMax: 1, replicatedJobsStatus: [{name: workers, jobRestarts: [2], jobRestartsCountTowardsMax: [1]}]}
            settleWindow: 2s
            failedJobs:
              - {name: w-1, replicatedJob: workers, index: 1, exitCode: 143, finishedAt: "2026-03-01T10:05:01Z"}
              - {name: w-0, replicatedJob: workers, index: 0, finishedAt: "2026-03-01T10:05:00Z"}
              - {name: w-2, replicatedJob: workers, index: 2, finishedAt: "2026-03-01T10:05:09Z"}
              - {name: w-3, replicatedJob: workers, index: 3, generation: 1, finishedAt: "2026-03-01T10:00:00Z"}
            """);
    Ran ran = Ran.faultline("decide", "--failure-policy", policy, "--group", falling);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out().replaceAll(" +", " "))
        .startsWith(
            """
            Decision: w-0 alone starts again, which counts (FailurePolicy_alone)
            Why: applying RestartJob failure policy action (first failed job: w-0)
            Rule: alone: RestartJob
            To blame: w-0
            Collateral: w-1
            Restarts: 2 of the set (1 count), 3 of single jobs (2 count)
            Decided at: 2026-03-01T10:05:02Z
            Came after: w-2
            Late: w-3
            Then: the set fails (ReachedMaxRestarts), w-1

            CHECK SAW EXPECTED HOLDS
            cause w-0, 1 collateral a cause yes
            """);
  }

  @Test
  void aSetWithNothingToDecide() throws IOException {
    String late =
        file(
            "late.yaml",
            """
            replicatedJobs: [{name: workers}]
            status: {restarts: 1}
            failedJobs: [{name: w-0, replicatedJob: workers, index: 0, generation: 0, finishedAt: "2026-03-01T10:05:00Z"}]
            """);
    assertThat(Ran.faultline("decide", "--failure-policy", policy, "--group", late))
        .isEqualTo(
            new Ran(
                0,
                """
                Decision:    nothing to decide
                Why:         all failures are of earlier starts, and change nothing
                Late:        w-0
                """,
                ""));
  }

  @Test
  void theSetOnStandardInput() throws IOException {
    Ran ran =
        Ran.with(
            Files.readString(Path.of(group)),
            Map.of(),
            "decide",
            "--failure-policy",
            file("none.yaml", "failurePolicy: null"),
            "--group",
            "-");
    assertThat(ran.out().replaceAll(" +", " "))
        .startsWith("Decision: the set fails (FailedJobs)\n")
        .contains("Rule: none\n");
  }

  @Test
  void eachKindOfPolicyHasOptionsOfItsOwn() {
    String help = "; see 'faultline decide --help'\n";
    for (List<String> words :
        List.of(
            List.of("--policy", policy),
            List.of("--failure", group),
            List.of("--failures", "2"),
            List.of("--global-max-retries", "2"),
            List.of("--rule-retries", "a=2"))) {
      Ran ran =
          Ran.faultline(
              "decide", "--failure-policy", policy, "--group", group, words.get(0), words.get(1));
      assertThat(ran)
          .isEqualTo(
              new Ran(
                  2,
                  "",
                  "faultline: "
                      + words.get(0)
                      + " does not go with --failure-policy and --group"
                      + help));
    }
    assertThat(Ran.faultline("decide", "--failure-policy", policy))
        .isEqualTo(new Ran(2, "", "faultline: Missing required option: '--group=FILE'" + help));
    assertThat(Ran.faultline("decide", "--group", group))
        .isEqualTo(
            new Ran(2, "", "faultline: Missing required option: '--failure-policy=FILE'" + help));
    assertThat(Ran.faultline("decide", "--failure-policy", "-", "--group", "-").err())
        .isEqualTo("faultline: only one of --failure-policy and --group can be standard input\n");
  }

  @Test
  void aRefusalSaysWhere() throws IOException {
    String broken = file("broken.yaml", "maxRestarts: 1\nrules:\n  - {action: Ignore}\n");
    assertThat(Ran.faultline("decide", "--failure-policy", broken, "--group", group))
        .isEqualTo(
            new Ran(
                2,
                "",
                "faultline: "
                    + broken
                    + ":3:14: rules[0].action: unknown action \"Ignore\"; allowed: FailJobSet,"
                    + " RestartJobSet, RestartJobSetAndIgnoreMaxRestarts, RestartJob,"
                    + " RestartJobAndIgnoreMaxRestarts, FailJob\n"));
  }

  @Test
  void lintReadsFailurePoliciesToo() throws IOException {
    assertThat(Ran.faultline("lint", "--strict", "-f", policy)).isEqualTo(new Ran(0, "", ""));
    String doubtful = file("doubtful.yaml", "rules: [{action: RestartJobSet}]");
    assertThat(Ran.faultline("lint", "--strict", "-f", doubtful))
        .isEqualTo(
            new Ran(
                1,
                "warning: "
                    + doubtful
                    + ":1:1: maxRestarts is absent: a restart that counts, as the one where no rule"
                    + " matches, fails the set instead; write 0 to mean it\n",
                ""));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
