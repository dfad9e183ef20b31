package io.faultline.cli.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failure that happened, as a case of a table test. */
class FailureCaseTest {
  private static final String RULES =
      """
      categories:
        - {name: gpu, rules: [{onTerminationMessage: {pattern: Xid}}, {onExitCodes: {operator: In, values: [74]}, subcategory: ecc}]}
      policy: {kind: RetryPolicy, name: ml, retryLimit: 3, defaultAction: Fail, rules: [{action: Retry, onCategory: gpu}, {action: Retry, onKinds: [Preempted]}]}
      cases:
      """;

  @TempDir Path folder;
  @AutoClose private final FakeServer server = new FakeServer();

  @Test
  void itHasTheEvidenceAndWhatWasFoundAndDecided() throws IOException {
    failure("\"counted\": true,");
    decisions(decision("r0", "retry", 0), decision("r1", "retry", 1));
    Ran ran = server.faultline("get", "failure", "r1/1", "-o", "case");
    assertThat(ran)
        .isEqualTo(
            new Ran(
                0,
                """
                  # job j1, run 1, at 2026-03-01T10:05:00Z; categories default at revision 12, policy ml at revision 3
                  - name: gpu, exit code 74 (r1/1)
                    failure:
                      kind: PodFailed
                      containers:
                      - name: main
                        exitCode: 74
                        message: |-
                          ECC: row 0
                            at 0x1f
                      - name: side
                        exitCode: 1
                        message: "0123"
                    failures: 2
                    expect:
                      category: gpu
                      subcategory: ecc
                      categories:
                      - gpu
                      rule: 1
                      decision: retry
                      reason: retry
                """,
                ""));
    assertThat(test(ran.out())).isEqualTo(new Ran(0, "PASS: 1 cases\n", ""));
  }

  @Test
  void casesOfManyFailuresStandInOneFile() throws IOException {
    failure("\"counted\": true,");
    decisions(decision("r1", "retry", 0));
    String first = server.faultline("get", "failure", "r1/1", "-o", "case").out();
    String second = first.replace("(r1/1)", "(r1/2)");
    assertThat(test(first + second)).isEqualTo(new Ran(0, "PASS: 2 cases\n", ""));
  }

  @Test
  void retriesThatUsedNoBudgetAndAnotherCapAreSaid() throws IOException {
    failure("\"counted\": true,");
    decisions(
        decision("r00", "retry", 0),
        decision("r0", "retry", 0),
        decision("r1", "fail_global_limit", 0)
            .replace("\"globalMaxRetries\": 20", "\"globalMaxRetries\": 2"));
    Ran ran = server.faultline("get", "failure", "r1/1", "-o", "case");
    assertThat(ran.out()).contains("failures: 1\n", "retriesGranted: 2\n", "globalMaxRetries: 2\n");
    assertThat(test(ran.out())).isEqualTo(new Ran(0, "PASS: 1 cases\n", ""));
  }

  @Test
  void whatNoPolicyDecidedIsNotExpectedOfOne() throws IOException {
    failure("\"counted\": true,");
    decisions(decision("r1", "fail_fast", 0));
    Ran ran = server.faultline("get", "failure", "r1/1", "-o", "case");
    assertThat(ran.out())
        .contains("revision 12; fail_fast, which is not the policy's to say\n")
        .doesNotContain("decision:", "failures:");
    assertThat(test(ran.out()).code()).isZero();
  }

  @Test
  void aRepeatOfAFailureWasNotDecidedAbout() {
    failure("\"counted\": false,");
    decisions(decision("r1", "retry", 0));
    assertThat(server.faultline("get", "failure", "r1/1", "-o", "case").out())
        .contains("rule: 1\n")
        .doesNotContain("decision:", "policy");
  }

  @Test
  void withoutCategoriesAndPolicyThereIsNothingToExpect() {
    server.answer(
        "GET /failures/r1%2F1",
        "{\"failureId\": \"r1/1\", \"jobId\": \"j1\", \"runId\": \"r1\", \"counted\": true,"
            + " \"evidence\": {\"kind\": \"PodFailed\"}}");
    decisions();
    assertThat(server.faultline("get", "failure", "r1/1", "-o", "case"))
        .isEqualTo(
            new Ran(
                1,
                "",
                "faultline: nothing is expected of this failure: neither categories nor a policy judged it\n"));
  }

  @Test
  void aCaseIsOfOneFailureOnly() {
    assertThat(server.faultline("get", "failures", "-o", "case"))
        .isEqualTo(
            new Ran(
                2,
                "",
                "faultline: -o case is for one failure: faultline get failure ID -o case\n"));
    assertThat(server.faultline("get", "jobs", "-o", "case").code()).isEqualTo(2);
    assertThat(server.asked).isEmpty();
  }

  private void failure(String counted) {
    server.answer(
        "GET /failures/r1%2F1",
        """
        {"failureId": "r1/1", "jobId": "j1", "runId": "r1", "runIndex": 1, "at": "2026-03-01T10:05:00Z", "kind": "PodFailed", COUNTED
         "rule": {"category": "gpu", "index": 1}, "categoriesName": "default", "categoriesRevision": 12,
         "failureInfo": {"category": "gpu", "subcategory": "ecc", "categories": ["gpu"], "exitCode": 74},
         "evidence": {"kind": "PodFailed", "containers": [{"name": "main", "exitCode": 74, "message": "ECC: row 0\\n  at 0x1f"},
                                                          {"name": "side", "exitCode": 1, "message": "0123"}]}}
        """
            .replace("COUNTED", counted));
  }

  private void decisions(String... decisions) {
    server.answer("GET /jobs/j1/decisions", "{\"items\": [" + String.join(", ", decisions) + "]}");
  }

  private static String decision(String run, String reason, int used) {
    return """
        {"runId": "%s", "decision": "%s", "reason": "%s", "policy": "ml", "policyRevision": 3, "retriesUsed": %d, "retryLimit": 3, "globalMaxRetries": 20}
        """
        .formatted(run, reason.equals("retry") ? "retry" : "fail", reason, used);
  }

  private Ran test(String cases) throws IOException {
    Path file = Files.writeString(folder.resolve("t.yaml"), RULES + cases);
    return Ran.faultline("test", "rules", file.toString());
  }
}
