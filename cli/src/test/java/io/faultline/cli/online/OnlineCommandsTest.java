package io.faultline.cli.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlineCommandsTest {

  /** A job file. */
  static final String JOBS =
      "{queue: research, jobSetId: s, jobs: [{podSpec: {containers: [{name: a}]}}]}";

  private static final String POLICY =
      "apiVersion: faultline.io/v1\nkind: RetryPolicy\nname: ml\nretryLimit: 1\ndefaultAction: Fail\n";

  @TempDir Path folder;
  @AutoClose private final FakeServer server = new FakeServer();

  @Test
  void submitSendsTheJobsOnceAndPrintsTheirIds() throws IOException {
    server.answer("POST /jobs", 201, "{\"jobs\": [{\"jobId\": \"j1\", \"clientId\": \"mine\"}]}");
    Ran ran = server.faultline("submit", "-f", file("jobs.yaml", JOBS));
    assertThat(ran).isEqualTo(new Ran(0, "JOB  CLIENT ID\nj1   mine\n", ""));
    assertThat(server.asked.get(0).body())
        .isEqualTo(
            "{\"queue\":\"research\",\"jobSetId\":\"s\",\"jobs\":[{\"podSpec\":{\"containers\":[{\"name\":\"a\"}]}}]}");
    assertThat(server.asked.get(0).header("Authorization")).isEqualTo("Bearer secret");
    assertThat(server.asked.get(0).header("Idempotency-key")).hasSize(36);
  }

  @Test
  void submitAsksAgainUnderTheSameKeyWhereTheAnswerIsNotCertain() throws IOException {
    server.answer("POST /jobs", 503, "{\"detail\": \"kafka is away\"}");
    server.answer("POST /jobs", "{\"jobs\": [{\"jobId\": \"j1\"}]}");
    assertThat(server.faultline("submit", "-f", file("jobs.yaml", JOBS), "-o", "jsonl").out())
        .isEqualTo("{\"jobId\":\"j1\"}\n");
    assertThat(server.asked).hasSize(2);
    assertThat(server.asked.get(0).header("Idempotency-key"))
        .isEqualTo(server.asked.get(1).header("Idempotency-key"));
  }

  @Test
  void submitSaysTheKeyWhereItGivesUp() throws IOException {
    server.answer("POST /jobs", 503, "{\"detail\": \"kafka is away\"}");
    Ran ran =
        server.faultline("submit", "-f", file("jobs.yaml", JOBS), "--idempotency-key", "night-1");
    assertThat(ran)
        .isEqualTo(
            new Ran(
                3,
                "",
                "faultline: kafka is away; it is safe to submit again with --idempotency-key night-1\n"));
  }

  @Test
  void aDeniedCallSaysInOneLineWhatIsMissing() throws IOException {
    server.answer(
        "POST /retry-policies",
        403,
        "{\"type\": \"urn:faultline:problem:forbidden\", \"permissions\": [\"create_retry_policy\"],"
            + " \"detail\": \"the permission 'create_retry_policy' is missing; you are 'bob', of the groups a, b\"}");
    assertThat(server.faultline("create", "-f", file("policy.yaml", POLICY)))
        .isEqualTo(
            new Ran(
                1,
                "",
                "faultline: the permission 'create_retry_policy' is missing; you are 'bob', of the groups a, b\n"));
  }

  @Test
  void aWrongJobFileIsRefusedBeforeTheServerIsAsked() throws IOException {
    String path = file("jobs.yaml", "{queue: q, jobSetId: s, jobs: [{}]}");
    assertThat(server.faultline("submit", "-f", path))
        .isEqualTo(
            new Ran(
                2,
                "",
                "faultline: "
                    + path
                    + ":1:32: jobs[0]: exactly one is expected of: podSpec, podSpecs\n"));
    assertThat(server.asked).isEmpty();
  }

  @Test
  void getFollowsPagesUpToTheLimitAndPassesFiltersOn() {
    server.answer(
        "GET /failures?limit=2&category=gpu&jobSet=a%20b&exitCode=74",
        "{\"items\": [{\"jobId\": \"j1\", \"runIndex\": 0, \"failureInfo\": {\"exitCode\": 74, \"category\": \"gpu\"}}],"
            + " \"next\": \"/api/v1/failures?page=2\"}");
    server.answer(
        "GET /failures?page=2", "{\"items\": [{\"jobId\": \"j2\"}, {\"jobId\": \"j3\"}]}");
    Ran ran =
        server.faultline(
            "get",
            "failures",
            "--category",
            "gpu",
            "--job-set",
            "a b",
            "--exit-code",
            "74",
            "--limit",
            "2",
            "-o",
            "jsonl");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).hasLineCount(2).contains("\"j1\"", "\"j2\"");
    Ran table =
        server.faultline(
            "get",
            "failure",
            "--category",
            "gpu",
            "--job-set",
            "a b",
            "--exit-code",
            "74",
            "--limit",
            "2");
    assertThat(table.out().replaceAll(" +", " "))
        .startsWith("AT JOB RUN QUEUE KIND CATEGORY SUBCATEGORY EXIT\n j1 0 gpu 74\n j2\n");
  }

  @Test
  void whatIsNotThereEndsWithFour() {
    server.answer("GET /jobs/no%2Fsuch", 404, "{\"detail\": \"no job no/such\"}");
    assertThat(server.faultline("get", "job", "no/such"))
        .isEqualTo(new Ran(4, "", "faultline: no job no/such\n"));
  }

  @Test
  void cancelTakesIdsOrASet() {
    server.answer(
        "POST /jobs/j1/cancel", 202, "{\"jobs\": [{\"jobId\": \"j1\", \"state\": \"RUNNING\"}]}");
    assertThat(server.faultline("cancel", "j1", "--reason", "mistake").out())
        .isEqualTo("JOB  STATE BEFORE\nj1   RUNNING\n");
    assertThat(server.asked.get(0).body()).isEqualTo("{\"reason\":\"mistake\"}");
    server.answer("POST /queues/q/job-sets/s%2F1/cancel", 202, "{\"jobs\": []}");
    assertThat(server.faultline("cancel", "--queue", "q", "--job-set", "s/1").code()).isZero();
    assertThat(server.faultline("cancel", "--queue", "q").err())
        .isEqualTo("faultline: job ids are expected, or both --queue and --job-set\n");
  }

  @Test
  void deadLettersAreListedAndSentAgain() {
    server.answer(
        "GET /dead-letters?limit=100&topic=job-errors",
        "{\"items\": [{\"id\": \"0-12\", \"reason\": \"undecodable\"}]}");
    assertThat(server.faultline("dead-letters", "list", "--topic", "job-errors").out())
        .contains("0-12", "undecodable");
    server.answer("POST /dead-letters/send", "{\"sent\": 1}");
    assertThat(server.faultline("dead-letters", "send", "0-12"))
        .isEqualTo(new Ran(0, "sent again: 1\n", ""));
    assertThat(server.asked.get(1).body()).isEqualTo("{\"ids\":[\"0-12\"]}");
    assertThat(server.faultline("dead-letters", "send").code()).isEqualTo(2);
    assertThat(server.faultline("dead-letters").err())
        .isEqualTo(
            "faultline: one is expected of: list, send; see 'faultline dead-letters --help'\n");
  }

  @Test
  void describeShowsRunsWithTheirFailuresAndDecisions() {
    server.answer(
        "GET /jobs/j1",
        """
        {"jobId": "j1", "queue": "q", "jobSet": "s", "state": "FAILED", "reason": "MaxRunsExceeded",
         "failureInfo": {"exitCode": 74, "category": "gpu"}, "message": "Retry policy: x\\nECC",
         "runs": [{"runId": "r0", "runIndex": 0, "state": "FAILED", "node": "n1"}]}
        """);
    server.answer(
        "GET /jobs/j1/failures", "{\"items\": [{\"failureId\": \"r0/1\", \"runId\": \"r0\"}]}");
    server.answer(
        "GET /failures/r0%2F1",
        """
        {"failureId": "r0/1", "runId": "r0", "kind": "PodFailed", "counted": true, "message": "ECC",
         "rule": {"category": "gpu", "index": 0}, "categoriesName": "default", "categoriesRevision": 12,
         "failureInfo": {"category": "gpu", "subcategory": "ecc", "exitCode": 74},
         "evidence": {"containers": [{"name": "main", "exitCode": 74, "reason": "Error", "message": "ECC"}],
                      "events": [{"type": "Warning", "reason": "BackOff", "message": "m"}]}}
        """);
    server.answer(
        "GET /jobs/j1/decisions",
        """
        {"items": [{"runId": "r0", "decision": "fail", "reason": "fail_rule", "message": "matched rule: Fail",
         "policy": "ml", "policyRevision": 3, "retriesUsed": 0, "retryLimit": 3, "mutations": {},
         "trace": [{"check": "rule-1.onExitCodes", "value": "74", "expected": "In [74]", "holds": true}]}]}
        """);
    Ran ran = server.faultline("describe", "job", "j1");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .isEqualTo(
            """
            Job:          j1
            Queue:        q
            Job set:      s
            State:        FAILED
            Reason:       MaxRunsExceeded
            Category:     gpu
            Exit code:    74
            | Retry policy: x
            | ECC

            Run 0  FAILED
              Run id:       r0
              Node:         n1
              Failure  r0/1
                Kind:         PodFailed
                Category:     gpu / ecc
                By:           gpu, rule 0 (default at revision 12)
                Exit code:    74
                | ECC
                Container main: exit code 74, signal none, Error
                  | ECC
                Event Warning BackOff: m
              Decision  fail (fail_rule): matched rule: Fail
                Policy:       ml at revision 3, 0 of 3 retries used
                + rule-1.onExitCodes: 74, expected In [74]
            """);
    assertThat(server.faultline("describe", "node", "x").err())
        .isEqualTo("faultline: unknown kind \"node\"; allowed: job, set, failure, decision\n");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
