package io.faultline.cli.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets: submitted, seen and cancelled. */
class SetCommandsTest {

  private static final String MANIFEST =
      "{apiVersion: jobset.x-k8s.io/v1alpha2, kind: JobSet, metadata: {name: train%s}, spec: {replicatedJobs:"
          + " [{name: a, template: {spec: {template: {spec: {containers: [{name: main}]}}}}}]}}";
  private static final String SET =
      "{\"setId\": \"s1\", \"name\": \"train\", \"queue\": \"q\", \"jobSet\": \"n\", \"jobs\": 1}";

  @TempDir Path folder;
  @AutoClose private final FakeServer server = new FakeServer();

  @Test
  void aJobSetIsSubmittedAndItsIdPrinted() throws IOException {
    server.answer("POST /sets?queue=q&jobSet=n", 503, "{\"detail\": \"kafka is away\"}");
    server.answer("POST /sets?queue=q&jobSet=n", 201, SET);
    Ran ran =
        server.faultline(
            "submit",
            "-f",
            file("s.yaml", MANIFEST.formatted("")),
            "--queue",
            "q",
            "--job-set",
            "n");
    assertThat(ran).isEqualTo(new Ran(0, "SET  NAME   JOBS\ns1   train  1\n", ""));
    assertThat(server.asked.get(1).body())
        .startsWith("{\"apiVersion\":\"jobset.x-k8s.io/v1alpha2\"");
    assertThat(server.asked.get(0).header("Idempotency-key"))
        .hasSize(36)
        .isEqualTo(server.asked.get(1).header("Idempotency-key"));
  }

  @Test
  void jobFilesAndJobSetsMayBeSubmittedTogether() throws IOException {
    server.answer("POST /sets?queue=&jobSet=", 201, SET);
    server.answer("POST /jobs", 201, "{\"jobs\": [{\"jobId\": \"j1\"}]}");
    String manifest = MANIFEST.formatted(", labels: {faultline.io/queue: q}");
    Ran ran =
        server.faultline(
            "submit", "-f", file("jobs.yaml", OnlineCommandsTest.JOBS), file("set.yaml", manifest));
    assertThat(ran.out().replaceAll(" +", " "))
        .isEqualTo("SET NAME JOBS JOB CLIENT ID\n j1\ns1 train 1\n");
  }

  @Test
  void aManifestThatIsRefusedIsRefusedBeforeTheServerIsAsked() throws IOException {
    Ran ran = server.faultline("submit", "-f", file("s.yaml", MANIFEST.formatted("")));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("s.yaml:1:", "metadata: no queue is named; give it with");
    ran =
        server.faultline(
            "submit", "-f", file("jobs.yaml", OnlineCommandsTest.JOBS), "--queue", "q");
    assertThat(ran.err())
        .contains("jobs.yaml:1:1: --queue and --job-set are for JobSets; a job file names its own");
    assertThat(server.asked).isEmpty();
  }

  @Test
  void setsAreListedAndCancelledByTheirIds() {
    server.answer(
        "GET /sets?limit=100&jobSet=n",
        "{\"items\": [{\"setId\": \"s1\", \"name\": \"train\", \"queue\": \"q\", \"jobSet\": \"n\", \"jobs\": 33, \"state\": \"RUNNING\", \"restarts\": 1, \"submittedAt\": \"T\"}]}");
    assertThat(server.faultline("get", "sets", "--job-set", "n").out().replaceAll(" +", " "))
        .isEqualTo(
            "SET NAME QUEUE JOB SET JOBS STATE RESTARTS SUBMITTED AT\ns1 train q n 33 RUNNING 1 T\n");
    server.answer("POST /sets/s1/cancel", 202, "{\"setId\": \"s1\", \"state\": \"RUNNING\"}");
    assertThat(server.faultline("cancel", "set", "s1", "--reason", "enough"))
        .isEqualTo(new Ran(0, "SET  STATE BEFORE\ns1   RUNNING\n", ""));
    assertThat(server.asked.get(1).body()).isEqualTo("{\"reason\":\"enough\"}");
    server.answer("POST /sets/s2/cancel", 409, "{\"detail\": \"the set has ended: FAILED\"}");
    assertThat(server.faultline("cancel", "set", "s2"))
        .isEqualTo(new Ran(1, "", "faultline: the set has ended: FAILED\n"));
  }

  @Test
  void aSetIsDescribedWithWhatItWentThrough() {
    server.answer(
        "GET /sets/s1",
        """
        {"setId": "s1", "name": "train", "queue": "research", "jobSet": "nightly", "gang": false, "owner": "ann", "jobs": 33,
         "submittedAt": "2026-03-01T10:00:00Z", "state": "FAILED", "restarts": 1, "jobsByState": {"SUCCEEDED": 1, "FAILED": 32},
         "failurePolicy": {"maxRestarts": 3, "rules": [{"name": "maintenance", "action": "RestartJobSet"}, {"action": "FailJobSet"}]},
         "generations": [
           {"number": 0, "began": "2026-03-01T10:00:01Z", "ended": "2026-03-01T10:02:00Z", "runs": 33,
            "decision": {"at": "2026-03-01T10:01:58Z", "jobId": "j4", "runId": "r", "rule": {"index": 0, "name": "maintenance"}, "generation": 0,
              "outcome": "restartAll", "action": "RestartJobSet", "reason": "FailurePolicy_maintenance", "blamed": "train-workers-3",
              "jobFailureReason": "PodFailurePolicy", "jobFailureMessage": "exit code 143\\non n1", "failed": 33,
              "collateral": ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"], "collateralCount": 32, "restarts": 1, "counted": 1, "countedOfJobs": 0}},
           {"number": 1, "began": "2026-03-01T10:02:06Z", "ended": "2026-03-01T10:02:09Z", "runs": 33,
            "decision": {"at": "2026-03-01T10:02:08Z", "jobId": "j5", "runId": "r", "policy": "ml", "generation": 1, "outcome": "failed", "reason": "fail_rule", "blamed": "train-workers-4",
              "failed": 1, "collateral": [], "collateralCount": 0, "restarts": 1, "counted": 1, "countedOfJobs": 0}}],
         "decisionsOfJobs": [
           {"at": "2026-03-01T10:00:30Z", "jobId": "j2", "runId": "r", "generation": 0, "rule": {"index": 1, "name": "one"}, "outcome": "restartOne", "action": "RestartJob", "reason": "FailurePolicy_one",
            "blamed": "train-workers-0", "failed": 1, "collateral": [], "collateralCount": 0, "restarts": 0, "counted": 0, "countedOfJobs": 1}],
         "lost": {"runs": 34, "seconds": 3960.5, "wallClockSeconds": 125, "cpuCoreSeconds": 7921, "memoryGiBSeconds": 0}}
        """);
    assertThat(server.faultline("describe", "set", "s1").out())
        .isEqualTo(
            """
            Set:          s1
            Name:         train
            Kind:         JobSet
            Queue:        research
            Job set:      nightly
            Owner:        ann
            State:        FAILED
            Submitted:    2026-03-01T10:00:00Z
            Jobs:         33: 1 SUCCEEDED, 32 FAILED
            Restarts:     1
            Policy:       at most 3 restarts that count; maintenance: RestartJobSet, failurePolicyRule1: FailJobSet

            Generation 0  2026-03-01T10:00:01Z to 2026-03-01T10:02:00Z, 33 runs
              All start again (RestartJobSet, rule maintenance, FailurePolicy_maintenance), 2026-03-01T10:01:58Z.
              Cause: train-workers-3, job j4, PodFailurePolicy
              | exit code 143
              | on n1
              Failed: 33, of which others dragged down 32: a, b, c, d, e, f, g, h, i, j, …
              Restarts after it: 1, of which 1 count; and 0 of single members that count

            Generation 1  2026-03-01T10:02:06Z to 2026-03-01T10:02:09Z, 33 runs
              The set fails (policy ml, fail_rule), 2026-03-01T10:02:08Z.
              Cause: train-workers-4, job j5
              Failed: 1, of which others dragged down 0
              Restarts after it: 1, of which 1 count; and 0 of single members that count

            Of single members:
              Generation 0  train-workers-0 alone starts again (RestartJob, rule one, FailurePolicy_one), 2026-03-01T10:00:30Z.
                Cause: train-workers-0, job j2
                Failed: 1, of which others dragged down 0
                Restarts after it: 0, of which 0 count; and 1 of single members that count

            Lost to restarts: 34 runs that ran 3960.5 s in all, 125 s from one beginning to the next; 7921 core seconds, 0 GiB seconds of memory
            """);
    assertThat(server.faultline("describe", "set", "s1", "-o", "yaml").out())
        .startsWith("setId: s1\n");
    assertThat(server.faultline("describe", "sets", "s1").err())
        .contains("unknown kind \"sets\"; allowed: job, set, failure, decision");
  }

  @Test
  void aDecisionAboutAMemberSaysWhatItMeansForItsSet() {
    server.answer(
        "GET /jobs/j1/decisions",
        """
        {"items": [{"jobId": "j1", "runIndex": 0, "at": "T", "kind": "PodFailed", "decision": "retry", "reason": "retry", "trace": [],
          "set": {"setId": "s1", "name": "train", "generation": 2, "outcome": "restartAll", "reason": "FailurePolicy_maintenance",
                  "blamed": "train-workers-3", "jobFailureReason": "PodFailurePolicy", "categories": ["preempted"], "failed": 3, "collateralCount": 2}}]}
        """);
    assertThat(server.faultline("describe", "decision", "j1").out())
        .contains(
            "It decides about set train (s1), generation 2: all start again [FailurePolicy_maintenance]."
                + " The cause is train-workers-3, PodFailurePolicy (preempted). 3 of its members had failed, 2 of them dragged down by others.\n");
  }

  @Test
  void adviceAboutASetOfOthersIsListedWithItsCause() {
    server.answer(
        "GET /decisions?limit=100&advice=true",
        """
        {"items": [{"jobId": "c0ffee", "runIndex": 0, "at": "T", "kind": "PodFailed", "decision": "retry", "reason": "retry", "advice": true,
          "rule": {"index": 0, "name": "hardware"}, "retriesUsed": 0, "retryLimit": 3,
          "set": {"setId": "s1", "name": "train", "generation": 2, "outcome": "restartAll", "blamed": "train-leader-0", "jobFailureReason": "BackoffLimitExceeded"}}]}
        """);
    assertThat(server.faultline("get", "decisions", "--advice", "true").out())
        .isEqualTo(
            """
            AT  JOB     RUN  DECISION  REASON  POLICY  RULE      USED  LIMIT  SET    GENERATION  BLAMED          CAUSE
            T   c0ffee  0    retry     retry           hardware  0     3      train  2           train-leader-0  BackoffLimitExceeded
            """);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
