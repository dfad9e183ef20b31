package io.faultline.rules.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.resources.Amount;
import io.faultline.domain.resources.Growth;
import io.faultline.domain.resources.Quantity;
import io.faultline.domain.retry.Mutations;
import io.faultline.domain.retry.RetryAction;
import io.faultline.domain.retry.RetryCondition;
import io.faultline.domain.retry.RetryMatcher;
import io.faultline.domain.retry.RetryPolicy;
import io.faultline.domain.retry.RetryRule;
import io.faultline.rules.yaml.YamlFile;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyReaderTest {

  @Test
  void everyMatcherAndMutationIsRead() {
    RetryPolicy policy =
        read(
            """
            apiVersion: faultline.io/v1
            kind: RetryPolicy
            name: ml-training
            retryLimit: 3
            defaultAction: Fail
            rules:
              - name: user-code
                action: Fail
                onCategory: user-error
              - action: Retry
                onCategory: gpu
                onSubcategory: transient
                onConditions: [Evicted, OOMKilled]
                onExitCodes: {operator: NotIn, values: [74, -75]}
                onTerminationMessagePattern: "(?i)ecc"
                onPodError: "connection reset"
                onKinds: [Preempted]
                mutate:
                  affinity: {avoidSameNode: true}
                  resources: {memory: {factor: 1.50}}
              - action: Retry
                onCategory: oom
                mutate: {resources: {memory: {static: 512Mi}}}
            """);

    assertThat(policy.name()).isEqualTo("ml-training");
    assertThat(policy.retryLimit()).isEqualTo(3);
    assertThat(policy.defaultAction()).isEqualTo(RetryAction.FAIL);
    assertThat(policy.rules())
        .extracting(RetryRule::name)
        .containsExactly("user-code", "rule-2", "rule-3");
    RetryRule second = policy.rules().get(1);
    assertThat(second.matchers())
        .extracting(RetryMatcher::key)
        .containsExactly(
            "onCategory",
            "onSubcategory",
            "onKinds",
            "onConditions",
            "onExitCodes",
            "onTerminationMessagePattern",
            "onPodError");
    assertThat(second.matchers())
        .contains(
            new RetryMatcher.OnCategory("gpu"),
            new RetryMatcher.OnKinds(Set.of(EvidenceKind.PREEMPTED)),
            new RetryMatcher.OnConditions(
                Set.of(RetryCondition.EVICTED, RetryCondition.OOM_KILLED)),
            new RetryMatcher.OnExitCodes(false, Set.of(74, -75)));
    assertThat(second.mutations())
        .isEqualTo(
            new Mutations(true, false, List.of(new Growth.Factor(Amount.MEMORY, "1.5", null))));
    assertThat(policy.rules().get(2).mutations())
        .isEqualTo(
            new Mutations(
                false,
                false,
                List.of(new Growth.Fixed(Amount.MEMORY, Quantity.ofBytes(512L << 20), null))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Retry",
        "RETRY",
        "retry",
        "RETRY_ACTION_RETRY",
        "retry_action_retry",
        "2",
        "'Retry'"
      })
  void retryIsSpeltInManyWays(String word) {
    assertThat(read(minimal().replace("Fail", word)).defaultAction()).isEqualTo(RetryAction.RETRY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Fail", "FAIL", "RETRY_ACTION_FAIL", "1"})
  void failIsSpeltInManyWays(String word) {
    assertThat(read(minimal().replace("Fail", word)).defaultAction()).isEqualTo(RetryAction.FAIL);
  }

  @ParameterizedTest
  @CsvSource({
    "In, true",
    "in, true",
    "EXIT_CODE_OPERATOR_IN, true",
    "1, true",
    "NotIn, false",
    "notin, false",
    "NOT_IN, false",
    "EXIT_CODE_OPERATOR_NOT_IN, false",
    "2, false"
  })
  void operatorsAreSpeltInManyWays(String word, boolean in) {
    RetryPolicy policy =
        withRule("{action: Retry, onExitCodes: {operator: %s, values: [1]}}", word);
    assertThat(policy.rules().get(0).matchers())
        .containsExactly(new RetryMatcher.OnExitCodes(in, Set.of(1)));
  }

  @Test
  void anotherSystemsVersionIsReadAndAnAbsentLimitNeverRetries() {
    RetryPolicy policy =
        read(
            "{apiVersion: armadaproject.io/v1beta1, kind: RetryPolicy, name: p, defaultAction: Retry}");
    assertThat(policy).isEqualTo(new RetryPolicy("p", 0, RetryAction.RETRY, null, List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {name: p} | p.yaml:1:1: the key "defaultAction" is missing
          {defaultAction: Fail} | p.yaml:1:1: the key "name" is missing
          {name: P, defaultAction: Fail} | p.yaml:1:8: name: a name is a DNS label: lower-case letters, digits and -, at most 63, not "P"
          {name: "p\\n", defaultAction: Fail} | p.yaml:1:8: name: a name is a DNS label: lower-case letters, digits and -, at most 63, not "p\\n"
          {name: p, kind: Policy, defaultAction: Fail} | p.yaml:1:17: kind: unknown kind "Policy"; allowed: RetryPolicy
          {name: p, apiVersion: v1, defaultAction: Fail} | p.yaml:1:23: apiVersion: unknown apiVersion "v1"; allowed: faultline.io/v1, armadaproject.io/v1beta1, armadaproject.io/v1
          {name: p, defaultAction: Perhaps} | p.yaml:1:26: defaultAction: unknown action "Perhaps"; allowed: Fail, Retry
          {name: p, defaultAction: 3} | p.yaml:1:26: defaultAction: 3 is out of range; allowed: 1 to 2
          {name: p, defaultAction: 0} | p.yaml:1:26: defaultAction: 0 is out of range; allowed: 1 to 2
          {name: p, defaultAction: RETRY_ACTION_UNSPECIFIED} | p.yaml:1:26: defaultAction: unknown action "RETRY_ACTION_UNSPECIFIED"; allowed: Fail, Retry
          {name: p, defaultAction: Fail, retryLimit: -1} | p.yaml:1:44: retryLimit: -1 is out of range; allowed: 0 to 2147483647
          {name: p, defaultAction: Fail, retryLimit: "3"} | p.yaml:1:44: retryLimit: a number is expected, not "3"
          {name: p, defaultAction: Fail, retryLimit: 1.5} | p.yaml:1:44: retryLimit: a whole number is expected, not 1.5
          {name: p, defaultAction: Fail, retrylimit: 1} | p.yaml:1:32: unknown key "retrylimit"; allowed: apiVersion, kind, name, retryLimit, defaultAction, backoff, rules
          {name: p, name: q, defaultAction: Fail} | p.yaml:1:11: the key "name" is repeated
          {name: p, defaultAction: Fail, rules: {}} | p.yaml:1:39: rules: a list is expected, not a map
          """)
  void aWrongPolicyIsRefusedWithItsPlace(String text, String message) {
    assertThatThrownBy(() -> read(text)).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {action: Retry} | rules[0]: a rule needs at least one matcher; allowed: onCategory, onKinds, onConditions, onExitCodes, onTerminationMessagePattern, onPodError, when
          {action: Retry, onConditions: []} | rules[0]: a rule needs at least one matcher
          {onCategory: a} | rules[0]: the key "action" is missing
          {action: Retry, onSubcategory: a} | rules[0].onSubcategory: onSubcategory is only allowed with onCategory
          {action: Retry, onCategory: ""} | rules[0].onCategory: text is expected, not ""
          {action: Retry, onCategory: 7} | rules[0].onCategory: text is expected, not 7; put it in quotes
          {action: Retry, onConditions: OOMKilled} | rules[0].onConditions: a list is expected, not "OOMKilled"
          {action: Retry, onConditions: [oomkilled]} | rules[0].onConditions[0]: unknown condition "oomkilled"; allowed: OOMKilled, Evicted, DeadlineExceeded, Preempted, LeaseReturned, AppError
          {action: Retry, onKinds: [Failed]} | rules[0].onKinds[0]: unknown kind "Failed"; allowed: PodFailed, PodIssue, LeaseReturned, LeaseExpired, Preempted, JobRejected, ExecutionCrashed
          {action: Retry, onExitCodes: [1]} | rules[0].onExitCodes: a map is expected, not a list
          {action: Retry, onExitCodes: {operator: Within, values: [1]}} | rules[0].onExitCodes.operator: unknown operator "Within"; allowed: In, NotIn
          {action: Retry, onExitCodes: {values: [1]}} | rules[0].onExitCodes: the key "operator" is missing
          {action: Retry, onExitCodes: {operator: In, values: []}} | rules[0].onExitCodes.values: at least one exit code is expected
          {action: Retry, onExitCodes: {operator: In, values: [4294967296]}} | rules[0].onExitCodes.values[0]: 4294967296 is out of range; allowed: -2147483648 to 2147483647
          {action: Retry, onPodError: "a(?=b)"} | rules[0].onPodError: "a(?=b)" is not an RE2 pattern:
          {action: Retry, onTerminationMessagePattern: "(a"} | rules[0].onTerminationMessagePattern: "(a" is not an RE2 pattern:
          {action: Retry, onTerminationMessage: {pattern: a}} | rules[0]: unknown key "onTerminationMessage"
          {action: Retry, onCategory: a, backoff: 1s} | rules[0].backoff: a map is expected, not "1s"
          {action: Retry, onCategory: a, backoff: {max: 1s}} | rules[0].backoff: the key "initial" is missing
          {action: Retry, onCategory: a, backoff: {initial: 721h}} | rules[0].backoff.initial: a time such as 500ms, 10s, 1m30s or 2h, at least 1ms and at most 720h, is expected, not "721h"
          {action: Retry, onCategory: a, retryLimit: -1} | rules[0].retryLimit: -1 is out of range; allowed: 0 to 2147483647
          {action: Retry, onCategory: a, countsTowardLimit: "no"} | rules[0].countsTowardLimit: true or false is expected, not "no"
          {action: Retry, onCategory: a, mutate: {resources: {memory: {}}}} | rules[0].mutate.resources.memory: exactly one is expected of: factor, static
          {action: Retry, onCategory: a, mutate: {resources: {memory: {factor: 2, static: 1Gi}}}} | rules[0].mutate.resources.memory: exactly one is expected of: factor, static
          {action: Retry, onCategory: a, mutate: {resources: {memory: {factor: 1.0}}}} | rules[0].mutate.resources.memory.factor: a factor greater than 1 and at most 100 is expected, not 1.0
          {action: Retry, onCategory: a, mutate: {resources: {memory: {factor: "2"}}}} | rules[0].mutate.resources.memory.factor: a number is expected, not "2"
          {action: Retry, onCategory: a, mutate: {resources: {memory: {static: 1GB}}}} | rules[0].mutate.resources.memory.static: a quantity such as 512Mi
          {action: Retry, onCategory: a, mutate: {resources: {memory: {static: 0}}}} | rules[0].mutate.resources.memory.static: more than 0 and at most 1Ei is expected
          {action: Retry, onCategory: a, mutate: {resources: {gpu: 2}}} | rules[0].mutate.resources: unknown key "gpu"; allowed: memory, cpu, ephemeral-storage
          {action: Retry, onCategory: a, mutate: {affinity: {avoidSameNode: "yes"}}} | rules[0].mutate.affinity.avoidSameNode: true or false is expected, not "yes"
          """)
  void aWrongRuleIsRefusedWithItsPlace(String rule, String message) {
    assertThatThrownBy(() -> withRule("%s", rule)).hasMessageContaining(": " + message);
  }

  @Test
  void twoRulesOfOneNameAreRefused() {
    assertThatThrownBy(
            () ->
                withRule(
                    "{name: rule-2, action: Fail, onCategory: a}\n- %s",
                    "{action: Fail, onCategory: b}"))
        .hasMessageContaining("rules[1]: the rule's name \"rule-2\" is repeated");
  }

  private static String minimal() {
    return "{name: p, defaultAction: Fail}";
  }

  private static RetryPolicy withRule(String rule, String part) {
    return read("name: p\ndefaultAction: Fail\nrules:\n- " + rule.formatted(part) + "\n");
  }

  private static RetryPolicy read(String text) {
    return RetryPolicyReader.read(YamlFile.read("p.yaml", text).single());
  }
}
