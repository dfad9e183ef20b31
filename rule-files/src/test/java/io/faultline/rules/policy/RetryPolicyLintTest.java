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
          when: counts.job > 1 | onCategory: a, when: counts.job > 1 | true
          when: counts.job > 1 | when: counts.job > 2 | false
          onKinds: [PodFailed, PodIssue, LeaseReturned, LeaseExpired, Preempted, JobRejected, ExecutionCrashed] | onCategory: a, onKinds: [Preempted] | true
          onCategory: a | onCategory: a, onConditions: [LeaseReturned] | false
          """)
  void aRuleThatAnEarlierOneForestallsIsWarnedOf(String first, String second, boolean forestalled) {
    String text =
        "{name: p, retryLimit: 1, defaultAction: Fail, rules: [{action: Retry, %s}, {action: Fail, %s}]}"
            .formatted(first, second);
    assertThat(lint(text)).hasSize(forestalled ? 1 : 0);
    assertThat(lint(text))
        .allMatch(
            w ->
                w.endsWith(
                    "rules[1]: never decides: whatever it matches, rule-1 matches first; move it"
                        + " up, or delete it"));
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          action: Fail, onCategory: a, backoff: {initial: 1s} ~ rules[0].backoff: has no effect: the rule's action is Fail
          action: Fail, onCategory: a, retryLimit: 1 ~ rules[0].retryLimit: has no effect: the rule's action is Fail
          action: Retry, onCategory: a, retryLimit: 0 ~ rules[0].retryLimit: 0 never retries, though the action is Retry; make it Fail
          action: Retry, onCategory: a, retryLimit: 9 ~ rules[0].retryLimit: 9 is never reached: the policy's retryLimit is 3; lower it, or write countsTowardLimit: false
          action: Retry, onCategory: a, retryLimit: 3 ~ ``
          action: Retry, onCategory: a, retryLimit: 9, countsTowardLimit: false ~ ``
          action: Retry, onCategory: a, countsTowardLimit: false ~ rules[0].countsTowardLimit: false without a retryLimit of its own: only the cap over all policies ends these retries; give the rule a retryLimit
          action: Retry, onCategory: a, countsTowardLimit: true ~ ``
          action: Retry, onCategory: a, backoff: {initial: 10s, max: 10m} ~ rules[0].backoff.max: is never reached: the last of 3 retries waits 40s; leave max out, or start longer
          action: Retry, onCategory: a, backoff: {initial: 10s, max: 40s} ~ ``
          action: Retry, onCategory: a, backoff: {initial: 10s, max: 41s, jitter: 0.1} ~ ``
          action: Retry, onCategory: a, backoff: {initial: 10s} ~ ``
          action: Retry, onCategory: a, retryLimit: 1, backoff: {initial: 10s, max: 20s} ~ rules[0].backoff.max: is never reached: the last of 1 retry waits 10s; leave max out, or start longer
          action: Retry, when: 1 < 2 ~ rules[0].when: asks nothing of a failure: it always holds
          action: Retry, when: 1 > 2 ~ rules[0].when: asks nothing of a failure: it never holds
          action: Retry, when: 'history.all(h, true)' ~ ``
          action: Retry, onPodError: .* ~ rules[0].onPodError: ".*" matches every text that is not empty; give it a word to look for
          action: Retry, onPodError: (?s)^.+$ ~ rules[0].onPodError: "(?s)^.+$" matches every text that is not empty; give it a word to look for
          action: Retry, onTerminationMessagePattern: a*|b ~ rules[0].onTerminationMessagePattern: "a*|b" matches every text that is not empty; give it a word to look for
          action: Retry, onPodError: ^$|a ~ ``
          action: Retry, onPodError: ..x ~ ``
          """)
  void whatARuleHardlyMeansIsWarnedOf(String rule, String warning) {
    List<String> warnings =
        lint("{name: p, retryLimit: 3, defaultAction: Fail, rules: [{" + rule + "}]}");
    assertThat(warnings).hasSize(warning.isEmpty() ? 0 : 1);
    assertThat(warnings).allMatch(w -> w.endsWith(": " + warning), warning);
  }

  @Test
  void aPolicysLongestWaitThatIsNeverReachedIsWarnedOf() {
    assertThat(
            lint("{name: p, retryLimit: 2, defaultAction: Retry, backoff: {initial: 1s, max: 1h}}"))
        .singleElement()
        .asString()
        .endsWith(
            "backoff.max: is never reached: the last of 2 retries waits 2s; leave max out, or start longer");
  }

  private static List<String> lint(String text) {
    return RetryPolicyLint.of(YamlFile.read("p.yaml", text).single()).stream()
        .map(LintWarning::toString)
        .toList();
  }
}
