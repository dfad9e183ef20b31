package io.faultline.rules.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.resource.ResourcesLint;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailurePolicyLintTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{maxRestarts: 0, rules: [{action: FailJobSet}]}",
        "{rules: [{action: FailJobSet}]}",
        "{maxRestarts: 2, rules: [{action: FailJobSet, onCategories: [a]}, {action: FailJobSet, onCategories: [b]}]}",
        "{maxRestarts: 2, rules: [{action: FailJobSet, onJobFailureReasons: [PodFailurePolicy]}, {action: RestartJob}]}",
        "{maxRestarts: 2, rules: [{action: RestartJobSetAndIgnoreMaxRestarts, onCategories: [preempted]}]}",
        "{failurePolicy: null}",
        "{failurePolicy: {maxRestarts: 1}}",
        "{kind: JobSet, spec: {}}",
        "{kind: JobSet, spec: {replicatedJobs: [{name: a, template: {spec: {podFailurePolicy: {}}}}], failurePolicy: {maxRestarts: 1, rules: [{action: FailJobSet, onJobFailureReasons: [PodFailurePolicy, BackoffLimitExceeded]}]}}}",
        "{kind: JobSet, spec: {replicatedJobs: [{name: a}], failurePolicy: {maxRestarts: 1, rules: [{action: FailJobSet, onJobFailureReasons: [PodFailurePolicy]}]}}}"
      })
  void whatIsMeantGivesNoWarning(String text) {
    assertThat(warnings(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{rules: []} | maxRestarts is absent",
        "{rules: [{action: RestartJobSetAndIgnoreMaxRestarts, onCategories: [a]}]} | maxRestarts is absent",
        "{maxRestarts: 0, rules: [{name: r, action: RestartJob}]} | maxRestarts: 0 grants no restart that counts, though r asks for one",
        "{maxRestarts: 3, rules: [{name: r, action: FailJobSet}]} | maxRestarts: 3 is never reached: no restart counts, as r decides whatever is left",
        "{maxRestarts: 3, rules: [{name: a, action: FailJobSet, targetReplicatedJobs: [x, y]}, {action: RestartJobSet, targetReplicatedJobs: [x]}]} | rules[1]: never decides: whatever it matches, a matches first",
        "{maxRestarts: 3, rules: [{name: a, action: RestartJobSet, onJobFailureMessagePatterns: [b, '.*']}, {action: FailJobSet, onJobFailureMessagePatterns: [c]}]} | rules[1]: never decides",
        "{maxRestarts: 3, rules: [{name: a, action: RestartJobSet, onJobFailureMessagePatterns: [b, c]}, {action: FailJobSet, onJobFailureMessagePatterns: [c], onCategories: [x]}]} | rules[1]: never decides",
        "{maxRestarts: 3, rules: [{action: RestartJobSet, onJobFailureMessagePatterns: ['.+']}]} | rules[0].onJobFailureMessagePatterns[0]: \".+\" matches every message",
        "{maxRestarts: 3, rules: [{action: RestartJobSetAndIgnoreMaxRestarts, targetReplicatedJobs: [x]}]} | rules[0].action: asks nothing of the failure and uses no restarts",
        "{maxRestarts: 3, rules: [{action: RestartJobAndIgnoreMaxRestarts, onJobFailureMessagePatterns: ['']}]} | rules[0].action: asks nothing of the failure",
      })
  void whatIsHardlyMeantGivesAWarning(String text, String expected) {
    assertThat(warnings(text)).anyMatch(warning -> warning.toString().contains(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "PodFailurePolicy, podFailurePolicy",
    "DeadlineExceeded, activeDeadlineSeconds",
    "FailedIndexes, backoffLimitPerIndex",
    "MaxFailedIndexesExceeded, maxFailedIndexes"
  })
  void aReasonThatNoTargetCanHaveGivesAWarning(String reason, String key) {
    String jobSet =
        """
        kind: JobSet
        spec:
          replicatedJobs:
            - {name: leader, template: {spec: {%s: 1}}}
            - {name: workers, template: {spec: {backoffLimit: 0}}}
          failurePolicy: {maxRestarts: 1, rules: [{action: FailJobSet, onJobFailureReasons: [%s], targetReplicatedJobs: [%s]}]}
        """;
    assertThat(warnings(jobSet.formatted(key, reason, "leader"))).isEmpty();
    assertThat(warnings(jobSet.formatted(key, reason, "leader, workers"))).isEmpty();
    assertThat(warnings(jobSet.formatted(key, reason, "workers")))
        .extracting(LintWarning::message)
        .containsExactly("\"" + reason + "\" never comes about: no job this is for has " + key);
  }

  @Test
  void warningsComeInTheOrderOfTheFile() {
    assertThat(
            warnings(
                """
                rules:
                  - {name: a, action: RestartJobSetAndIgnoreMaxRestarts, targetReplicatedJobs: [x]}
                  - {name: b, action: FailJobSet, targetReplicatedJobs: [x]}
                """))
        .extracting(LintWarning::line)
        .containsExactly(1, 2, 3);
  }

  @Test
  void aFailurePolicyIsNoResource() {
    for (String text :
        List.of("{maxRestarts: 1}", "{failurePolicy: null}", "{rules: []}", "{kind: JobSet}")) {
      assertThat(ResourcesLint.Document.of(document(text))).isEmpty();
    }
    assertThat(ResourcesLint.Document.of(document("{name: p, rules: [], retryLimit: 1}")))
        .isPresent();
  }

  private static List<LintWarning> warnings(String text) {
    return FailurePolicyLint.of(document(text));
  }

  private static YamlNode document(String text) {
    return YamlFile.read("policy.yaml", text).single();
  }
}
