package io.faultline.cli.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.Ran;
import io.faultline.domain.retry.DecisionReason;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Decisions explained, retries by hand, and policies out of the shadow. */
class DecisionsTest {

  @AutoClose private final FakeServer server = new FakeServer();

  @Test
  void aDecisionIsExplainedAsAPersonWould() {
    server.answer(
        "GET /jobs/j1/decisions",
        """
        {"items": [
          {"jobId": "j1", "runId": "r0", "runIndex": 0, "at": "2026-03-01T10:00:00Z", "kind": "PodFailed",
           "decision": "retry", "reason": "retry", "message": "matched rule: Retry",
           "rule": {"index": 1, "name": "out-of-memory"}, "policy": "ml", "policyRevision": 12,
           "retriesUsed": 0, "retryLimit": 3, "globalMaxRetries": 20,
           "mutations": {"avoidSameNode": true, "memory": {"factor": 1.5, "max": "64Gi"}, "cpu": {"static": "1"}},
           "backoff": {"initial": "10s", "factor": 2, "max": "600s", "jitter": 0.2, "earlier": 1, "wait": "20s"},
           "trace": [{"check": "globalLimit", "value": "0 retries granted", "expected": "fewer than 20", "holds": true},
                     {"check": "user-code.onCategory", "value": "", "expected": "user-error", "holds": false}],
           "shadow": {"policy": "next", "policyRevision": 13, "agrees": false, "decision": "fail", "reason": "fail_default",
                      "message": "no rule matched, using default action", "trace": []}},
          {"jobId": "j1", "runId": "r1", "runIndex": 1, "at": "2026-03-01T10:05:00Z", "kind": "PodFailed",
           "decision": "fail", "reason": "fail_policy_limit", "message": "policy retry limit exceeded (3/3)",
           "policy": "ml", "policyRevision": 12, "retriesUsed": 3, "retryLimit": 3, "globalMaxRetries": 20,
           "mutations": {}, "backoff": null, "trace": []}]}
        """);

    Ran ran = server.faultline("describe", "decision", "j1");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .isEqualTo(
            """
            Run 0 of job j1 failed (PodFailed) at 2026-03-01T10:00:00Z.
            It is tried again: the rule asks to try it again (rule out-of-memory), policy ml at revision 12 [retry].
            Before it, 0 of the policy's 3 retries were used; no job gets more than 20.
            It waits about 20s: 10s × 2^1, at most 600s.
            The next run has another node, 1.5 times the memory (at most 64Gi), 1 more cpu.
            How it came about:
              + globalLimit: 0 retries granted, expected fewer than 20
              - user-code.onCategory: none, expected user-error
            In the shadow, policy next at revision 13 disagrees: fail (fail_default), no rule matched, using default action

            Run 1 of job j1 failed (PodFailed) at 2026-03-01T10:05:00Z.
            It ends the job: all retries that the policy allows are used, policy ml at revision 12 [fail_policy_limit].
            Before it, 3 of the policy's 3 retries were used; no job gets more than 20.
            How it came about:
            """);
    assertThat(server.faultline("describe", "decision", "j1", "--run", "1").out())
        .startsWith("Run 1 of job j1");
    assertThat(server.faultline("describe", "decision", "j1", "--run", "7"))
        .isEqualTo(new Ran(4, "", "faultline: nothing was decided about job \"j1\", run 7\n"));
    assertThat(server.faultline("describe", "decision", "j1", "--run", "1", "-o", "json").out())
        .contains("\"fail_policy_limit\"");
  }

  @Test
  void everyReasonHasWordsOfItsOwn() {
    String decisions =
        Arrays.stream(DecisionReason.values())
            .map(
                reason ->
                    "{\"reason\": \"%s\", \"decision\": \"fail\", \"message\": \"NO WORDS\"}"
                        .formatted(reason.word()))
            .collect(Collectors.joining(", "));
    server.answer("GET /jobs/j1/decisions", "{\"items\": [" + decisions + "]}");

    String explained = server.faultline("describe", "decision", "j1").out();

    assertThat(explained).doesNotContain("NO WORDS");
    assertThat(DecisionReason.values())
        .allSatisfy(reason -> assertThat(explained).contains("[" + reason.word() + "]"));
  }

  @Test
  void aRunThatWaitsIsStarted() {
    server.answer(
        "POST /jobs/j1/retry", 202, "{\"jobs\": [{\"jobId\": \"j1\", \"state\": \"RETRYING\"}]}");
    assertThat(server.faultline("retry", "job", "j1"))
        .isEqualTo(new Ran(0, "JOB  STATE BEFORE\nj1   RETRYING\n", ""));
    assertThat(server.faultline("retry", "queue", "q").err())
        .isEqualTo("faultline: unknown kind \"queue\"; allowed: job\n");
  }

  @Test
  void thePolicyInTheShadowBecomesTheQueues() {
    server.answer(
        "GET /queues/research",
        "{\"kind\": \"Queue\", \"name\": \"research\", \"revision\": 7,"
            + " \"body\": \"# ours\\nname: research\\nretryPolicies: [a, b]\\nshadowPolicy: next\\n\"}");
    server.answer(
        "PUT /queues/research?checkReferences=true",
        "{\"kind\": \"Queue\", \"name\": \"research\", \"revision\": 8, \"change\": \"updated\"}");

    assertThat(server.faultline("promote", "queue", "research"))
        .isEqualTo(new Ran(0, "Queue research updated (revision 8)\n", ""));
    assertThat(server.asked.get(1).header("If-match")).isEqualTo("\"7\"");
    assertThat(server.asked.get(1).body()).isEqualTo("# ours\nname: research\nretryPolicy: next\n");
  }

  @Test
  void aQueueWithoutAShadowIsLeftAsItIs() {
    server.answer(
        "GET /queues/research",
        "{\"kind\": \"Queue\", \"name\": \"research\", \"revision\": 7, \"body\": \"name: research\\n\"}");
    assertThat(server.faultline("promote", "queue", "research"))
        .isEqualTo(new Ran(1, "", "faultline: queue \"research\" has no policy in its shadow\n"));
  }
}
