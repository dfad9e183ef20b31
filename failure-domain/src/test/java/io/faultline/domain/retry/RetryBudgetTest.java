package io.faultline.domain.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.EvidenceKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever a job's failures are and in whatever order: budgets hold, and nothing ends too early.
 */
class RetryBudgetTest {

  /** What became of one failure. */
  private record Step(FailureSignals failure, RetryCounts counts, Decision decision) {}

  @Property
  void noOrderOfFailuresExceedsABudget(
      @ForAll("policies") RetryPolicy policy,
      @ForAll("failures") List<FailureSignals> failures,
      @ForAll @IntRange(min = 0, max = 6) int cap,
      @ForAll @IntRange(min = 1, max = 6) int maxAttempts) {
    RetrySettings settings = new RetrySettings(true, cap, "", maxAttempts, "armada");
    List<Step> steps = life(settings, policy, failures);

    List<Step> granted =
        steps.stream().filter(s -> s.decision().reason() == DecisionReason.RETRY).toList();
    assertThat(granted).hasSizeLessThanOrEqualTo(cap);
    assertThat(
            granted.stream()
                .filter(s -> RetryCounts.counts(s.failure().kind()) && s.decision().counted())
                .toList())
        .hasSizeLessThanOrEqualTo(policy.retryLimit());
    for (RetryRule rule : policy.rules()) {
      Integer limit = rule.budget().retryLimit();
      if (limit != null) {
        assertThat(granted.stream().filter(s -> s.decision().ruleName().equals(rule.name())))
            .hasSizeLessThanOrEqualTo(limit);
      }
    }
    assertThat(
            steps.stream()
                .filter(s -> s.decision().reason() == DecisionReason.LEASE_RETURNED)
                .map(s -> s.counts().attemptedRuns()))
        .allMatch(attempted -> attempted < maxAttempts);
  }

  @Property
  void aJobIsNotEndedWhileABudgetIsLeft(
      @ForAll("policies") RetryPolicy policy,
      @ForAll("failures") List<FailureSignals> failures,
      @ForAll @IntRange(min = 1, max = 6) int cap) {
    RetrySettings settings = new RetrySettings(true, cap, "", 5, "armada");
    for (Step step : life(settings, policy, failures)) {
      RetryCounts counts = step.counts();
      switch (step.decision().reason()) {
        case FAIL_GLOBAL_LIMIT -> assertThat(counts.retriesGranted()).isEqualTo(cap);
        case FAIL_POLICY_LIMIT ->
            assertThat(counts.retriesUsed()).isGreaterThanOrEqualTo(policy.retryLimit());
        case FAIL_RULE_LIMIT -> {
          RetryRule rule = policy.rules().get(index(step));
          assertThat(counts.by(policy.name(), rule.name())).isEqualTo(rule.budget().retryLimit());
        }
        case FAIL_RULE ->
            assertThat(policy.rules().get(index(step)).action()).isEqualTo(RetryAction.FAIL);
        case FAIL_DEFAULT -> {
          assertThat(policy.defaultAction()).isEqualTo(RetryAction.FAIL);
          assertThat(policy.rules()).noneMatch(r -> r.matches(step.failure()));
        }
        case MAX_RUNS -> assertThat(counts.attemptedRuns()).isGreaterThanOrEqualTo(5);
        case PREEMPTED -> assertThat(step.failure().kind()).isEqualTo(EvidenceKind.PREEMPTED);
        case RETRY, LEASE_RETURNED -> assertThat(step.decision().retry()).isTrue();
        default -> throw new AssertionError(step);
      }
    }
  }

  @Property
  void theFirstMatchingRuleDecidesAndNothingElseIsLookedAt(
      @ForAll("policies") RetryPolicy policy, @ForAll("failure") FailureSignals failure) {
    RetrySettings settings = new RetrySettings(true, 20, "", 5, "armada");
    RetryCounts counts = new RetryCounts(1, 0, 1, Map.of());
    Decision decision = RetryEngine.decide(settings, List.of(policy), failure, counts, false);

    assertThat(RetryEngine.decide(settings, List.of(policy), failure, counts, false))
        .isEqualTo(decision);
    Integer index = decision.ruleIndex();
    if (index != null) {
      assertThat(policy.rules().get(index).matches(failure)).isTrue();
      if (RetryCounts.counts(failure.kind())) {
        assertThat(policy.rules().subList(0, index)).noneMatch(r -> r.matches(failure));
      }
    }
  }

  /** Only a granted retry's rule gives mutations, and memory grows once for each of them. */
  @Property
  void onlyAGrantedRuleMutates(
      @ForAll("policies") RetryPolicy policy, @ForAll("failures") List<FailureSignals> failures) {
    RetrySettings settings = new RetrySettings(true, 20, "", 5, "armada");
    for (Step step : life(settings, policy, failures)) {
      Mutations expected =
          step.decision().reason() == DecisionReason.RETRY && step.decision().ruleIndex() != null
              ? policy.rules().get(index(step)).mutations()
              : Mutations.NONE;
      assertThat(step.decision().mutations()).isEqualTo(expected);
    }
  }

  private static int index(Step step) {
    Integer index = step.decision().ruleIndex();
    assertThat(index).isNotNull();
    return index == null ? -1 : index;
  }

  /** A job's life: one failure after the other until a decision ends it. */
  private static List<Step> life(
      RetrySettings settings, RetryPolicy policy, List<FailureSignals> failures) {
    List<Step> steps = new ArrayList<>();
    int counted = 0;
    int granted = 0;
    Map<String, Integer> byRule = new HashMap<>();
    for (FailureSignals failure : failures) {
      boolean counts = RetryCounts.counts(failure.kind());
      RetryCounts so =
          new RetryCounts(counts ? counted + 1 : counted, granted, steps.size() + 1, byRule);
      Decision decision = RetryEngine.decide(settings, List.of(policy), failure, so, false);
      steps.add(new Step(failure, so, decision));
      counted += counts && decision.counted() ? 1 : 0;
      if (decision.reason() == DecisionReason.RETRY) {
        granted++;
        byRule.merge(RetryCounts.key(policy.name(), decision.ruleName()), 1, Integer::sum);
      }
      if (!decision.retry()) {
        return steps;
      }
    }
    return steps;
  }

  @Provide
  Arbitrary<List<FailureSignals>> failures() {
    return failure().list().ofMaxSize(20);
  }

  @Provide
  Arbitrary<FailureSignals> failure() {
    return Combinators.combine(
            Arbitraries.of(EvidenceKind.class),
            Arbitraries.of("", "gpu", "oom"),
            Arbitraries.integers().between(0, 3),
            Arbitraries.of("", "OOMKilled", "Error"))
        .as(
            (kind, category, exitCode, reason) ->
                Failures.kind(kind)
                    .container(ContainerRole.REGULAR, exitCode, reason, "")
                    .in(category, ""));
  }

  @Provide
  Arbitrary<RetryPolicy> policies() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 5),
            Arbitraries.of(RetryAction.class),
            rules().list().ofMaxSize(3).uniqueElements(RetryRule::name))
        .as((limit, action, rules) -> new RetryPolicy("p", limit, action, null, rules));
  }

  private static Arbitrary<RetryRule> rules() {
    Arbitrary<RetryMatcher> matchers =
        Arbitraries.oneOf(
            Arbitraries.of("gpu", "oom").map(RetryMatcher.OnCategory::new),
            Arbitraries.of(EvidenceKind.class).map(k -> new RetryMatcher.OnKinds(Set.of(k))),
            Arbitraries.of(RetryCondition.class).map(c -> new RetryMatcher.OnConditions(Set.of(c))),
            Combinators.combine(Arbitraries.of(true, false), Arbitraries.integers().between(1, 3))
                .as((in, code) -> new RetryMatcher.OnExitCodes(in, Set.of(code))));
    Arbitrary<RetryRule.Budget> budgets =
        Combinators.combine(
                Arbitraries.integers().between(0, 3).injectNull(0.5), Arbitraries.of(true, false))
            .as(RetryRule.Budget::new);
    return Combinators.combine(
            Arbitraries.of("r", "s", "t"),
            Arbitraries.of(RetryAction.class),
            matchers.list().ofMinSize(1).ofMaxSize(2),
            budgets,
            Arbitraries.of(true, false))
        .as(
            (name, action, all, budget, avoid) ->
                new RetryRule(
                    name, action, all, budget, null, new Mutations(avoid, false, List.of())));
  }
}
