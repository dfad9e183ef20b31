package io.faultline.rules.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is compared, and how a difference is said. */
class RuleTestTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          category: gpu                                        | passes
          category: cpu                                        | category: expected cpu, got gpu
          category: ''                                         | category: expected none, got gpu
          category: null                                       | category: expected none, got gpu
          category: GPU                                        | category: expected GPU, got gpu
          subcategory: cuda                                    | passes
          subcategory: code                                    | subcategory: expected code, got cuda
          categories: [exits, gpu]                             | passes
          categories: [gpu, exits, gpu]                        | passes
          categories: [gpu]                                    | categories: expected [gpu], got [exits, gpu]
          categories: []                                       | categories: expected none, got [exits, gpu]
          rule: 0                                              | passes
          rule: 1                                              | rule: expected 1, got 0
          rule: null                                           | rule: expected none, got {"category":"gpu","index":0}
          rule: {category: gpu, index: 0}                      | passes
          rule: {category: exits, index: 0}                    | rule: expected {"category":"exits","index":0}, got {"category":"gpu","index":0}
          action: Delete                                       | passes
          action: Retain                                       | action: expected Retain, got Delete
          hint: Another node.                                  | passes
          hint: ''                                             | hint: expected none, got Another node.
          message: "Container main failed with exit code 74 because Error: CUDA error\\n\\nAnother node." | passes
          exitCode: 74                                         | passes
          exitCode: 1                                          | exitCode: expected 1, got 74
          exitCode: null                                       | exitCode: expected none, got 74
          containerName: main                                  | passes
          terminationMessage: CUDA error                       | passes
          decision: retry                                      | passes
          decision: fail                                       | decision: expected fail, got retry
          reason: retry                                        | passes
          reason: no_error                                     | reason: expected no_error, got retry
          policyRule: gpu                                      | passes
          policyRule: 0                                        | passes
          policyRule: {index: 0, name: gpu}                    | passes
          policyRule: other                                    | policyRule: expected other, got gpu
          policyRule: null                                     | policyRule: expected none, got {"name":"gpu","index":0}
          retriesUsed: 0                                       | passes
          retriesUsed: 1                                       | retriesUsed: expected 1, got 0
          mutations: {memory: {factor: 2.0}, avoidSameNode: true} | passes
          mutations: {}                                        | mutations: expected none, got {"avoidSameNode":true,"memory":{"factor":2}}
          category: cpu, decision: fail                        | category: expected cpu, got gpu; decision: expected fail, got retry
          """)
  void onlyWhatIsGivenIsCompared(String expect, String differences) {
    Outcome outcome = Tables.one(Tables.CUDA, "{" + expect + "}");
    assertThat(outcome.passed() ? "passes" : said(outcome)).isEqualTo(differences);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          failures: 3                                         | decision: retry, retriesUsed: 2
          failures: 4                                         | decision: fail, reason: fail_policy_limit
          globalMaxRetries: 0                                 | decision: fail, reason: fail_global_limit
          failures: 3, globalMaxRetries: 2                    | decision: fail, reason: fail_global_limit
          retriesGranted: 20                                  | decision: fail, reason: fail_global_limit
          failures: 3, retriesGranted: 0, globalMaxRetries: 1 | decision: retry
          """)
  void countsAreThoseOfTheCase(String counts, String expect) {
    String failure = Tables.CUDA.substring("failure: ".length());
    RuleTest test =
        Tables.read(
            Tables.RULES
                + "cases: [{name: a, failure: %s, %s, expect: {%s}}]"
                    .formatted(failure, counts, expect));
    assertThat(said(test.judge(test.cases().get(0)))).isEmpty();
  }

  @Test
  void aPodIsReadAsClassifyReadsIt() {
    String pod =
        """
        pod: {status: {reason: Evicted, message: low on memory}}
          events: [{type: Warning, reason: Failed, message: access denied}]
          podError: no match for platform
        """
            .stripTrailing();
    assertThat(said(Tables.one(pod, "{category: exits, rule: 1, message: low on memory}")))
        .isEmpty();
    assertThat(said(Tables.one(pod.replace("reason: Evicted, ", ""), "{rule: 2}"))).isEmpty();
    assertThat(
            said(
                Tables.one(
                    pod.replace("reason: Evicted, ", "").replace("platform", "x"), "{rule: 3}")))
        .isEmpty();
  }

  @Test
  void emptyFieldsOfAPodMayStandBesideAFailure() {
    assertThat(said(Tables.one(Tables.CUDA + "\n  events: []\n  podError: ''", "{rule: 0}")))
        .isEmpty();
  }

  @Test
  void withoutEvidenceThereIsNoCategoryAndNoRetry() {
    assertThat(
            said(
                Tables.one(
                    "failure: null",
                    "{category: '', categories: [], rule: null, exitCode: null, decision: fail,"
                        + " reason: no_error, policyRule: null}")))
        .isEmpty();
  }

  @Test
  void aPolicyAloneIsAskedWithTheCategoryThatTheFailureNames() {
    RuleTest test =
        Tables.read(
            Tables.RULES.substring(Tables.RULES.indexOf("policy:"))
                + """
                cases:
                  - {name: a, failure: {kind: PodFailed, category: gpu}, expect: {decision: retry}}
                  - {name: b, failure: {kind: PodFailed}, expect: {reason: fail_default}}
                """);
    assertThat(test.cases()).allMatch(each -> test.judge(each).passed());
  }

  @Test
  void aListOfPoliciesIsAskedAsAQueueDoes() {
    RuleTest test =
        Tables.read(
            """
            policy:
              - {name: first, retryLimit: 1, defaultAction: Fail, rules: [{action: Retry, onCategory: gpu}]}
              - {name: second, retryLimit: 5, defaultAction: Fail, rules: [{name: app, retryLimit: 2, action: Retry, onKinds: [PodFailed]}]}
            cases:
              - {name: a, failure: {kind: PodFailed, category: gpu}, failures: 2, expect: {reason: fail_policy_limit}}
              - {name: b, failure: {kind: PodFailed}, failures: 2, expect: {decision: retry, policyRule: app}}
              - {name: c, failure: {kind: PodFailed}, failures: 3, ruleRetries: {app: 2}, expect: {reason: fail_rule_limit}}
              - {name: d, failure: {kind: PodFailed}, failures: 3, ruleRetries: {second/app: 2}, expect: {reason: fail_rule_limit}}
              - {name: e, failure: {kind: PodFailed}, failures: 3, ruleRetries: {app: 1, rule-1: 9}, expect: {decision: retry}}
            """);
    assertThat(test.cases()).allSatisfy(each -> assertThat(said(test.judge(each))).isEmpty());
  }

  private static String said(Outcome outcome) {
    return outcome.differences().stream()
        .map(Difference::toString)
        .collect(Collectors.joining("; "));
  }
}
