package io.faultline.domain.retry;

import static io.faultline.domain.evidence.EvidenceKind.LEASE_RETURNED;
import static io.faultline.domain.evidence.EvidenceKind.POD_ISSUE;
import static io.faultline.domain.evidence.EvidenceKind.PREEMPTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The order of the checks, and what is recorded of them. */
class RetryEngineTest {
  private static final RetrySettings ON = new RetrySettings(true, 20, "", 5, "armada");
  private static final FailureSignals EXIT_74 = Failures.exit(74).signals();
  private static final RetryRule RETRY_74 =
      rule("rule-1", RetryAction.RETRY, new RetryMatcher.OnExitCodes(true, Set.of(74)));

  @Test
  void aMatchingRetryRuleGrantsARetryWithinItsBudget() {
    Decision decision = decide(policy(3, RETRY_74), EXIT_74, counts(1));

    assertThat(decision.retry()).isTrue();
    assertThat(decision.reason()).isEqualTo(DecisionReason.RETRY);
    assertThat(decision.message()).isEqualTo("matched rule: Retry");
    assertThat(decision.ruleIndex()).isZero();
    assertThat(decision.ruleName()).isEqualTo("rule-1");
    assertThat(decision.trace())
        .containsExactly(
            new TraceStep("globalLimit", "0 retries granted", "fewer than 20", true),
            new TraceStep("rule-1.onExitCodes", "74", "In [74]", true),
            new TraceStep("rule-1.action", "Retry", "Retry", true),
            new TraceStep(
                "retryLimit",
                "1 failures that count, less one: 0 retries used",
                "fewer than 3",
                true));
  }

  @Test
  void threeRetriesMeanFourAttempts() {
    assertThat(decide(policy(3, RETRY_74), EXIT_74, counts(3)).retry()).isTrue();
    Decision fourth = decide(policy(3, RETRY_74), EXIT_74, counts(4));
    assertThat(fourth.reason()).isEqualTo(DecisionReason.FAIL_POLICY_LIMIT);
    assertThat(fourth.message()).isEqualTo("policy retry limit exceeded (3/3)");
    assertThat(fourth.ruleIndex()).isZero();
  }

  @Test
  void theGlobalCapIsNamedEvenWhereAFailRuleWouldMatch() {
    RetryRule fail = rule("f", RetryAction.FAIL, new RetryMatcher.OnExitCodes(true, Set.of(74)));
    Decision decision = decide(policy(3, fail), EXIT_74, new RetryCounts(21, 20, 21, Map.of()));
    assertThat(decision.reason()).isEqualTo(DecisionReason.FAIL_GLOBAL_LIMIT);
    assertThat(decision.message()).isEqualTo("global max retries exceeded (20/20)");
  }

  @Test
  void aFailRuleIsNamedEvenWhereTheBudgetIsUsedUp() {
    RetryRule fail = rule("f", RetryAction.FAIL, new RetryMatcher.OnExitCodes(true, Set.of(74)));
    assertThat(decide(policy(0, fail), EXIT_74, counts(4)).reason())
        .isEqualTo(DecisionReason.FAIL_RULE);
  }

  @Test
  void thePreemptedRunThatNoRuleNamesEndsItsJobWithoutAskingTheDefault() {
    RetryPolicy policy = new RetryPolicy("p", 3, RetryAction.RETRY, null, List.of(RETRY_74));
    FailureSignals preempted = Failures.kind(PREEMPTED).signals();
    Decision decision = decide(policy, preempted, counts(0));
    assertThat(decision.retry()).isFalse();
    assertThat(decision.reason()).isEqualTo(DecisionReason.PREEMPTED);
  }

  @Test
  void theKillSwitchLeavesReturnedLeasesToTheNumberOfAttempts() {
    RetrySettings off = new RetrySettings(true, 0, "", 5, "armada");
    RetryRule rule = rule("r", RetryAction.RETRY, new RetryMatcher.OnKinds(Set.of(LEASE_RETURNED)));
    FailureSignals returned = Failures.kind(LEASE_RETURNED).signals();
    Decision again =
        RetryEngine.decide(
            off, List.of(policy(3, rule)), returned, new RetryCounts(0, 0, 4, Map.of()), false);
    Decision last =
        RetryEngine.decide(
            off, List.of(policy(3, rule)), returned, new RetryCounts(0, 0, 5, Map.of()), false);
    assertThat(again.reason()).isEqualTo(DecisionReason.LEASE_RETURNED);
    assertThat(last.reason()).isEqualTo(DecisionReason.MAX_RUNS);
  }

  @Test
  void aRunThatNoNodeCanTakeEndsItsJob() {
    FailureSignals stuck = Failures.kind(POD_ISSUE).podReason("Unschedulable").signals();
    RetryPolicy policy = new RetryPolicy("p", 3, RetryAction.RETRY, null, List.of());
    assertThat(decide(policy, stuck, counts(2)).reason())
        .isEqualTo(DecisionReason.RETRY_UNSCHEDULABLE);
  }

  @Test
  void theTraceOfManyRulesIsSummedUp() {
    List<RetryRule> rules = new java.util.ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      rules.add(rule("no-" + i, RetryAction.FAIL, new RetryMatcher.OnCategory("c" + i)));
    }
    rules.add(RETRY_74);
    RetryPolicy policy = new RetryPolicy("p", 3, RetryAction.FAIL, null, rules);

    Decision decision = decide(policy, EXIT_74, counts(1));

    assertThat(decision.ruleIndex()).isEqualTo(10_000);
    assertThat(decision.trace()).hasSize(1 + Trace.TRACED_RULES + 1 + 3);
    assertThat(decision.trace())
        .contains(new TraceStep("rules", "9900 further rules do not match", "", false));
  }

  @Test
  void aLongTextIsCutInTheTrace() {
    FailureSignals failure = Failures.exit(1).podError("x".repeat(5_000)).signals();
    RetryRule rule =
        rule(
            "r",
            RetryAction.FAIL,
            new RetryMatcher.OnPodError(io.faultline.domain.pattern.Re2Pattern.compile("x$")));
    assertThat(decide(policy(1, rule), failure, counts(1)).trace().get(1).value())
        .isEqualTo("x".repeat(TraceStep.MOST_CHARS) + "…");
  }

  private static Decision decide(RetryPolicy policy, FailureSignals failure, RetryCounts counts) {
    return RetryEngine.decide(ON, List.of(policy), failure, counts, false);
  }

  private static RetryCounts counts(int failures) {
    return new RetryCounts(failures, Math.max(0, failures - 1), failures, Map.of());
  }

  private static RetryRule rule(String name, RetryAction action, RetryMatcher... matchers) {
    return new RetryRule(
        name, action, List.of(matchers), RetryRule.Budget.OF_POLICY, null, Mutations.NONE);
  }

  private static RetryPolicy policy(int limit, RetryRule... rules) {
    return new RetryPolicy("p", limit, RetryAction.FAIL, null, List.of(rules));
  }
}
