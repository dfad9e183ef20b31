package io.faultline.domain.retry;

import io.faultline.domain.evidence.EvidenceKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a failed run is tried again. A pure function: the decision depends on nothing but
 * its inputs.
 *
 * <p>Order of the checks: no evidence, no node can take it, fail fast, the global cap, a fatal
 * category, the rules or the default action, the rule's budget, the policy's budget. So the cap is
 * named even where a Fail rule would match, and a Fail rule even where a budget is used up.
 */
public final class RetryEngine {

  private RetryEngine() {}

  /**
   * Decides about one failure.
   *
   * @param settings caps, and whether policies are asked at all
   * @param policies the chain that applies: the first with a matching rule decides, else the last
   *     one's default action; empty for the legacy path, where only returned leases are tried again
   * @param failure what was seen; null where there is no evidence
   * @param counts what the job has used so far
   * @param failFast whether the job asked to end at its first failure
   */
  public static Decision decide(
      RetrySettings settings,
      List<RetryPolicy> policies,
      @Nullable FailureSignals failure,
      RetryCounts counts,
      boolean failFast) {
    return decide(new Deliberation(settings, policies, counts, new Trace(true)), failure, failFast);
  }

  /**
   * As {@link #decide}, but the decision's trace is empty: ten times as fast, for who asks about
   * many failures and wants to know only what is decided.
   */
  public static Decision decideUntraced(
      RetrySettings settings,
      List<RetryPolicy> policies,
      @Nullable FailureSignals failure,
      RetryCounts counts,
      boolean failFast) {
    return decide(
        new Deliberation(settings, policies, counts, new Trace(false)), failure, failFast);
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
    if (!deliberation.anyPolicy()) {
      return legacy(deliberation, failure.kind());
    }
    return RetryCounts.counts(failure.kind())
        ? byPolicy(deliberation, failure)
        : byRuleThatNames(deliberation, failure);
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

  private static Decision byPolicy(Deliberation deliberation, FailureSignals failure) {
    Decision refused = deliberation.globalCap();
    if (refused == null) {
      refused = deliberation.fatal(failure);
    }
    return refused == null ? deliberation.byRuleOrDefault(failure) : refused;
  }

  /** Preemptions and returned leases: no failures, so only a rule that names them decides. */
  private static Decision byRuleThatNames(Deliberation deliberation, FailureSignals failure) {
    EvidenceKind kind = failure.kind();
    if (kind == EvidenceKind.LEASE_RETURNED && deliberation.killSwitch()) {
      return deliberation.returnedLease();
    }
    Deliberation rules = deliberation.copy();
    Deliberation.Match match = rules.firstMatch(failure);
    if (match == null) {
      return legacy(rules, kind);
    }
    Decision capped = deliberation.globalCap();
    if (capped != null) {
      return capped;
    }
    deliberation.add(rules);
    return deliberation.byRule(match, failure);
  }
}
