package io.faultline.cli.online;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.Ran;
import io.faultline.domain.resource.CordonDefinition.Target;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnlineCommandsTest {
  private static final String JOBS =
      "{queue: research, jobSetId: s, jobs: [{podSpec: {containers: [{name: a}]}}]}";
  private static final String QUEUE = "apiVersion: faultline.io/v1\nkind: Queue\nname: research\n";
  private static final String POLICY =
      "apiVersion: faultline.io/v1\nkind: RetryPolicy\nname: ml\nretryLimit: 1\ndefaultAction: Fail\n";

  @TempDir Path folder;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

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
  void aResourceAsYamlIsTheDocumentAsItWasWritten() {
    server.answer(
        "GET /queues/research", "{\"kind\": \"Queue\", \"body\": \"# mine\\nname: research\"}");
    assertThat(server.faultline("get", "queue", "research", "-o", "yaml").out())
        .isEqualTo("# mine\nname: research\n");
  }

  @Test
  void resourcesOfAllKindsAreListedTogether() {
    server.answer(
        "GET /queues", "{\"items\": [{\"kind\": \"Queue\", \"name\": \"q\", \"revision\": 3}]}");
    server.answer("GET /categories", "{\"items\": []}");
    server.answer(
        "GET /retry-policies", "{\"items\": [{\"kind\": \"RetryPolicy\", \"name\": \"p\"}]}");
    server.answer("GET /cordons", "{\"items\": []}");
    assertThat(server.faultline("get", "resources").out().replaceAll(" +", " "))
        .isEqualTo("KIND NAME REVISION CHANGED AT BY\nQueue q 3\nRetryPolicy p\n");
  }

  @Test
  void applyWritesWhatOthersReferToFirstAndWaitsUntilItIsInForce() throws IOException {
    server.answer(
        "PUT /queues/research",
        201,
        "{\"kind\": \"Queue\", \"name\": \"research\", \"change\": \"created\", \"revision\": 8}");
    server.answer(
        "PUT /retry-policies/ml",
        "{\"kind\": \"RetryPolicy\", \"name\": \"ml\", \"change\": \"updated\", \"revision\": 7}");
    server.answer(
        "GET /resources/status?revision=8", "{\"inForce\": false, \"inForceOn\": 1, \"of\": 2}");
    server.answer(
        "GET /resources/status?revision=8", "{\"inForce\": true, \"inForceOn\": 2, \"of\": 2}");
    Ran ran = server.faultline("apply", "--wait", "-f", file("all.yaml", QUEUE + "---\n" + POLICY));
    assertThat(ran)
        .isEqualTo(
            new Ran(
                0,
                "RetryPolicy ml updated (revision 7)\nQueue research created (revision 8)\n",
                "revision 8 is in force on 2 of 2\n"));
    assertThat(server.asked.get(1).body()).isEqualTo(QUEUE);
    assertThat(server.asked.get(1).header("Content-type")).isEqualTo("application/yaml");
  }

  @Test
  void aQueueIsCordonedUnderANameThatFollowsFromIt() {
    server.answer(
        "PUT /cordons/queue-research", 201, "{\"name\": \"queue-research\", \"revision\": 8}");
    assertThat(server.faultline("cordon", "queue", "research", "--reason", "a \"test\""))
        .isEqualTo(
            new Ran(0, "queue research is cordoned (Cordon queue-research, revision 8)\n", ""));
    assertThat(server.asked.get(0).body())
        .isEqualTo(
            "{\"apiVersion\":\"faultline.io/v1\",\"kind\":\"Cordon\",\"name\":\"queue-research\","
                + "\"queue\":\"research\",\"drain\":false,\"reason\":\"a \\\"test\\\"\"}");
  }

  @Test
  void anExecutorIsDrainedUnderANameThatIsADnsLabel() {
    String name = CordonName.of(Target.EXECUTOR, "Node_1");
    assertThat(name).matches("executor-node-1-[0-9a-f]{8}");
    assertThat(CordonName.of(Target.EXECUTOR, "node_1")).isNotEqualTo(name);
    server.answer("PUT /cordons/" + name, "{\"name\": \"" + name + "\", \"revision\": 9}");
    Ran ran = server.faultline("drain", "executor", "Node_1");
    assertThat(ran.out()).startsWith("executor Node_1 is drained (Cordon " + name);
    assertThat(server.asked.get(0).body()).contains("\"drain\":true").doesNotContain("reason");
  }

  @Test
  void uncordonTakesBackAllThatHoldsItAndNothingElse() {
    server.answer(
        "GET /cordons",
        "{\"items\": [{\"name\": \"by-file\", \"document\": {\"queue\": \"q\"}},"
            + " {\"name\": \"other\", \"document\": {\"queue\": \"r\"}},"
            + " {\"name\": \"node\", \"document\": {\"executor\": \"q\"}}]}");
    server.answer("GET /cordons", "{\"items\": []}");
    server.answer("DELETE /cordons/by-file", "{\"name\": \"by-file\", \"revision\": 10}");
    assertThat(server.faultline("uncordon", "queue", "q"))
        .isEqualTo(new Ran(0, "queue q is free again (Cordon by-file, revision 10)\n", ""));
    assertThat(server.faultline("uncordon", "queue", "q"))
        .isEqualTo(new Ran(4, "", "faultline: nothing holds queue \"q\" back\n"));
    assertThat(server.faultline("cordon", "node", "n").err())
        .isEqualTo("faultline: unknown \"node\"; allowed: queue, executor\n");
  }

  @Test
  void cordonsAreListedWithWhatTheyHold() {
    server.answer(
        "GET /cordons?limit=100",
        "{\"items\": [{\"name\": \"m\", \"document\": {\"queue\": \"q\", \"drain\": true, \"reason\": \"upgrade\"}}]}");
    assertThat(server.faultline("get", "cordons").out().replaceAll(" +", " "))
        .isEqualTo("NAME QUEUE EXECUTOR DRAIN REASON CHANGED AT BY\nm q true upgrade\n");
  }

  @Test
  void applyEndsWithOneWhereItIsNotInForceInTime() throws IOException {
    server.answer("PUT /queues/research", "{\"revision\": 8}");
    server.answer(
        "GET /resources/status?revision=8",
        "{\"inForce\": false, \"inForceOn\": 1, \"of\": 2, \"instances\": [{\"service\": \"retry-decider\", \"instance\": \"a\", \"inForce\": false}]}");
    Ran ran = server.faultline("apply", "--wait", "--timeout", "1ms", "-f", file("q.yaml", QUEUE));
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualTo("faultline: not in force after 0 s: 1 of 2; behind: retry-decider/a\n");
  }

  @Test
  void createAndUpdateAskForWhatMustBeSo() throws IOException {
    String path = file("q.yaml", QUEUE);
    server.answer("POST /queues", 409, "{\"detail\": \"the queue research exists already\"}");
    assertThat(server.faultline("create", "-f", path))
        .isEqualTo(new Ran(1, "", "faultline: the queue research exists already\n"));
    server.answer("GET /queues/research", "{\"revision\": 5}");
    server.answer(
        "PUT /queues/research",
        "{\"kind\": \"Queue\", \"name\": \"research\", \"change\": \"updated\", \"revision\": 6}");
    assertThat(server.faultline("update", "-f", path).out())
        .isEqualTo("Queue research updated (revision 6)\n");
    assertThat(server.asked.get(2).header("If-match")).isEqualTo("\"5\"");
  }

  @Test
  void aPlainDocumentOfCategoriesNeedsAName() throws IOException {
    String path = file("categories.yaml", "enabled: true\ncategories: []\n");
    assertThat(server.faultline("create", "-f", path))
        .isEqualTo(
            new Ran(
                2, "", "faultline: " + path + ": a plain document of categories needs --name\n"));
    server.answer(
        "POST /categories?name=default",
        201,
        "{\"kind\": \"Categories\", \"name\": \"default\", \"change\": \"created\", \"revision\": 1}");
    assertThat(server.faultline("create", "-f", path, "--name", "default").out())
        .isEqualTo("Categories default created (revision 1)\n");
  }

  @Test
  void deleteGoesTheOtherWayRoundAndSaysWhatStillRefers() throws IOException {
    server.answer(
        "DELETE /queues/research",
        "{\"kind\": \"Queue\", \"name\": \"research\", \"revision\": 9}");
    server.answer(
        "DELETE /retry-policies/ml",
        409,
        "{\"detail\": \"it is referred to\", \"referredBy\": [{\"kind\": \"Queue\", \"name\": \"other\"}]}");
    Ran ran = server.faultline("delete", "-f", file("all.yaml", POLICY + "---\n" + QUEUE));
    assertThat(ran)
        .isEqualTo(
            new Ran(
                1,
                "Queue research deleted (revision 9)\n",
                "faultline: it is referred to; referred to by Queue other\n"));
    assertThat(server.faultline("delete", "policy", "ml").code()).isEqualTo(1);
    assertThat(server.faultline("delete", "node", "x").err())
        .isEqualTo(
            "faultline: unknown kind \"node\"; allowed: queue, categories, policy, cordon\n");
    assertThat(server.faultline("delete").code()).isEqualTo(2);
  }

  @Test
  void diffEndsWithOneWhereSomethingDiffers() throws IOException {
    String path = file("q.yaml", QUEUE + "priorityFactor: 2\n");
    server.answer("GET /queues/research", "{\"body\": \"" + QUEUE.replace("\n", "\\n") + "\"}");
    Ran ran = server.faultline("diff", "-f", path);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .isEqualTo(
            """
            --- Queue/research
            +++ %s: Queue/research
             apiVersion: faultline.io/v1
             kind: Queue
             name: research
            +priorityFactor: 2
            """
                .formatted(path));
    assertThat(server.faultline("diff", "-f", file("same.yaml", QUEUE)))
        .isEqualTo(new Ran(0, "", ""));
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
  void watchTakesUpABrokenStreamWhereItBroke() {
    String events = "GET /queues/q/job-sets/s/events?follow=true&jobId=j";
    server.stream(
        events,
        """
        : hello

        id: 0:1
        event: running
        data: {"type":"running","jobId":"j","at":"t1","runIndex":0,"node":"n"}

        id: 0:2
        event: failed
        data: {"type":"failed","jobId":"j",
        """);
    server.stream(
        events,
        """
        id: 0:2
        event: failed
        data: {"type":"failed","jobId":"j","at":"t2","runIndex":0,"retryable":true,
        data: "reason":"Error","failureInfo":{"exitCode":74,"category":"gpu"}}

        id: 0:3
        event: succeeded
        data: {"type":"succeeded","jobId":"j","at":"t3"}

        """);
    Ran ran = server.faultline("watch", "q", "s", "--job", "j");
    assertThat(ran)
        .isEqualTo(
            new Ran(
                0,
                """
                t1  j  running         run 0  on n
                t2  j  failed          run 0  retryable Error  exit code 74  gpu
                t3  j  succeeded
                """,
                ""));
    assertThat(server.asked.get(0).header("Last-event-id")).isEmpty();
    assertThat(server.asked.get(1).header("Last-event-id")).isEqualTo("0:1");
  }

  @Test
  void watchTakesTheWholeStreamWithFiltersAndTellsOfResets() {
    String events =
        "GET /events?follow=true&queue=q&queue=r%2Fs&jobSet=s&jobId=j&category=gpu&owner=ann"
            + "&type=failed&terminal=true&since=2026-03-01T10%3A05%3A00Z";
    server.stream(
        events,
        """
        : connected

        id: 0:1

        : heartbeat
        id: 0:7

        """);
    server.stream(
        events,
        """
        id: 0:40
        event: reset
        data: {"reason":"too-old","detail":"partition 0 is kept from 40 on","position":"0:40"}

        id: 0:41
        event: failed
        data: {"type":"failed","jobId":"j","at":"t2","reason":"Error","retryable":false}

        """);
    Ran ran =
        server.faultline(
            "watch",
            "--queue",
            "q",
            "--queue",
            "r/s",
            "--job-set",
            "s",
            "--job",
            "j",
            "--category",
            "gpu",
            "--owner",
            "ann",
            "--type",
            "failed",
            "--terminal",
            "--since",
            "2026-03-01T11:05:00+01:00");
    assertThat(ran)
        .isEqualTo(
            new Ran(
                0,
                "t2  j  failed          final Error\n",
                "faultline: the stream was reset: partition 0 is kept from 40 on\n"));
    assertThat(server.asked.get(0).header("Last-event-id")).isEmpty();
    assertThat(server.asked.get(1).header("Last-event-id")).isEqualTo("0:7");
  }

  @Test
  void watchTakesATimeAgo() {
    Ran ran = server.faultline("watch", "--since", "1h");
    String asked = server.asked.get(0).what();
    assertThat(ran.code()).isEqualTo(4); // this server knows no such stream
    assertThat(asked).startsWith("GET /events?follow=true&since=");
    Instant since =
        Instant.parse(URLDecoder.decode(asked.substring(asked.lastIndexOf('=') + 1), UTF_8));
    assertThat(since).isBetween(Instant.now().minusSeconds(3700), Instant.now().minusSeconds(3600));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "q                | QUEUE and JOBSET come together; or use --queue",
        "q s --queue r    | either QUEUE and JOBSET or --queue and --job-set, not both",
        "--since never    | 'never' is neither a time such as 2026-03-01T10:05:00Z nor 30s, 5m or 1h ago",
      })
  void watchRefusesWhatContradictsItself(String args, String says) {
    Ran ran = server.faultline(("watch " + args).split(" "));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains(says);
    assertThat(server.asked).isEmpty();
  }

  @Test
  void watchCanEndAfterWhatIsThere() {
    server.stream(
        "GET /queues/q/job-sets/s/events?follow=false", "id: 1\ndata: {\"type\":\"running\"}\n\n");
    assertThat(server.faultline("watch", "q", "s", "--no-follow", "-o", "jsonl"))
        .isEqualTo(new Ran(0, "{\"type\":\"running\"}\n", ""));
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
        .isEqualTo("faultline: unknown kind \"node\"; allowed: job, failure, decision\n");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
