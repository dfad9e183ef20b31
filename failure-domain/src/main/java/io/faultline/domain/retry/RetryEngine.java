package io.faultline.domain.retry;

import io.faultline.domain.evidence.EvidenceKind;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a failed run is tried again. A pure function: the decision depends on nothing but
 * its inputs.
 *
 * <p>Order of the checks: no evidence, no node can take it, fail fast, the global cap, the rules or
 * the default action, the policy's budget. So the cap is named even where a Fail rule would match,
 * and a Fail rule even where the policy's budget is used up.
 */
public final class RetryEngine {

  private RetryEngine() {}

  /**
   * Decides about one failure.
   *
   * @param settings caps, and whether policies are asked at all
   * @param policy the policy that applies; null for the legacy path, where only returned leases are
   *     tried again
   * @param failure what was seen; null where there is no evidence
   * @param counts what the job has used so far
   * @param failFast whether the job asked to end at its first failure
   */
  public static Decision decide(
      RetrySettings settings,
      @Nullable RetryPolicy policy,
      @Nullable FailureSignals failure,
      RetryCounts counts,
      boolean failFast) {
    return decide(new Deliberation(settings, policy, counts, new Trace(true)), failure, failFast);
  }

  /**
   * As {@link #decide}, but the decision's trace is empty: ten times as fast, for who asks about
   * many failures and wants to know only what is decided.
   */
  public static Decision decideUntraced(
      RetrySettings settings,
      @Nullable RetryPolicy policy,
      @Nullable FailureSignals failure,
      RetryCounts counts,
      boolean failFast) {
    return decide(new Deliberation(settings, policy, counts, new Trace(false)), failure, failFast);
  }

  private static Decision decide(
      Deliberation deliberation, @Nullable FailureSignals failure, boolean failFast) {
    if (failure == null) {
      return deliberation.fail(DecisionReason.NO_ERROR, "no error information available");
    }
    if (failure.unschedulable()) {
      return deliberation.fail(
          DecisionReason.RETRY_UNSCHEDULABLE, "no node can take a run of this job");
    }
    if (failFast) {
      return failure.kind() == EvidenceKind.PREEMPTED
          ? deliberation.preempted()
          : deliberation.fail(DecisionReason.FAIL_FAST, "job asked to fail at its first failure");
    }
    RetryPolicy policy = deliberation.policyInForce();
    if (policy == null) {
      return legacy(deliberation, failure.kind());
    }
    return RetryCounts.counts(failure.kind())
        ? byPolicy(deliberation, policy, failure)
        : byRuleThatNames(deliberation, policy, failure);
  }

  private static Decision legacy(Deliberation deliberation, EvidenceKind kind) {
    if (kind == EvidenceKind.LEASE_RETURNED) {
      return deliberation.returnedLease();
    }
    if (kind == EvidenceKind.PREEMPTED) {
      return deliberation.preempted();
    }
    return deliberation.fail(
        DecisionReason.NO_POLICY, "no retry policy applies, only returned leases are tried again");
  }

  private static Decision byPolicy(
      Deliberation deliberation, RetryPolicy policy, FailureSignals failure) {
    Decision capped = deliberation.globalCap();
    if (capped != null) {
      return capped;
    }
    int matched = deliberation.firstMatch(policy, failure);
    return deliberation.byRuleOrDefault(policy, matched);
  }

  /** Preemptions and returned leases: no failures, so only a rule that names them decides. */
  private static Decision byRuleThatNames(
      Deliberation deliberation, RetryPolicy policy, FailureSignals failure) {
    EvidenceKind kind = failure.kind();
    if (kind == EvidenceKind.LEASE_RETURNED && deliberation.killSwitch()) {
      return deliberation.returnedLease();
    }
    Deliberation rules = deliberation.copy();
    int matched = rules.firstMatch(policy, failure);
    if (matched < 0) {
      return legacy(rules, kind);
    }
    Decision capped = deliberation.globalCap();
    if (capped != null) {
      return capped;
    }
    deliberation.add(rules);
    return deliberation.byRuleOrDefault(policy, matched);
  }
}
