package io.faultline.rules.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.yaml.YamlFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyLintTest {

  @Test
  void anAbsentLimitIsWarnedOf() {
    assertThat(lint("{name: p, defaultAction: Fail}"))
        .containsExactly(
            "p.yaml:1:1: retryLimit is absent: this policy never retries; write 0 to mean it");
  }

  @Test
  void aLimitOfZeroIsWarnedOfOnlyWhereSomethingWouldRetry() {
    assertThat(lint("{name: p, defaultAction: Fail, retryLimit: 0}")).isEmpty();
    assertThat(lint("{name: p, defaultAction: Retry, retryLimit: 0}"))
        .singleElement()
        .asString()
        .startsWith("p.yaml:1:45: retryLimit: 0 never retries");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          onCategory: a | onCategory: a | true
          onCategory: a | onCategory: a, onSubcategory: b | true
          onCategory: a, onSubcategory: b | onCategory: a | false
          onCategory: a | onCategory: b | false
          onExitCodes: {operator: In, values: [1, 2]} | onExitCodes: {operator: In, values: [2]} | true
          onExitCodes: {operator: NotIn, values: [1]} | onExitCodes: {operator: In, values: [2]} | true
          onExitCodes: {operator: NotIn, values: [1]} | onExitCodes: {operator: NotIn, values: [1, 2]} | true
          onExitCodes: {operator: NotIn, values: [1, 2]} | onExitCodes: {operator: NotIn, values: [1]} | false
          onExitCodes: {operator: In, values: [1]} | onExitCodes: {operator: NotIn, values: [2]} | false
          onConditions: [OOMKilled, Evicted] | onCategory: a, onConditions: [Evicted] | true
          onConditions: [Evicted] | onConditions: [OOMKilled, Evicted] | false
          onKinds: [PodFailed, PodIssue] | onKinds: [PodIssue] | true
          onPodError: reset | onCategory: x, onPodError: reset | true
          onTerminationMessagePattern: a | onPodError: a | false
          onCategory: a | onCategory: a, onKinds: [Preempted] | false
          onCategory: a | onCategory: a, onConditions: [LeaseReturned] | false
          """)
  void aRuleThatAnEarlierOneForestallsIsWarnedOf(String first, String second, boolean forestalled) {
    String text =
        "{name: p, retryLimit: 1, defaultAction: Fail, rules: [{action: Retry, %s}, {action: Fail, %s}]}"
            .formatted(first, second);
    assertThat(lint(text)).hasSize(forestalled ? 1 : 0);
    assertThat(lint(text))
        .allMatch(
            w -> w.endsWith("rules[1]: never decides: whatever it matches, rule-1 matches first"));
  }

  @Test
  void whatHasNoEffectIsWarnedOf() {
    assertThat(
            lint(
                """
                name: p
                retryLimit: 1
                defaultAction: Fail
                rules:
                  - action: Fail
                    onExitCodes: {operator: In, values: [0, 1]}
                    mutate: {affinity: {avoidSameNode: true}}
                """))
        .containsExactly(
            "p.yaml:6:41: rules[0].onExitCodes.values: 0 never matches: a container that exits with"
                + " 0 has not failed",
            "p.yaml:7:13: rules[0].mutate: has no effect: the rule's action is Fail");
  }

  private static List<String> lint(String text) {
    return RetryPolicyLint.of(YamlFile.read("p.yaml", text).single()).stream()
        .map(LintWarning::toString)
        .toList();
  }
}
