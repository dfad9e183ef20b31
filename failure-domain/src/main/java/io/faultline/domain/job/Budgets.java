package io.faultline.domain.job;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.domain.retry.RetryCounts;
import java.util.HashMap;
import java.util.Map;

/**
 * What a job has used up.
 *
 * @param failures failures that count: not preemptions, returned leases, and those that a rule
 *     which does not count tried again; an expired lease does
 * @param retries retries that a policy granted, whatever the kind of failure
 * @param byRule those that each rule granted, by {@link RetryCounts#key}
 */
public record Budgets(int failures, int retries, Map<String, Integer> byRule) {

  /** Nothing used. */
  public static final Budgets NONE = new Budgets(0, 0, Map.of());

  /** Copies the map. */
  public Budgets {
    byRule = Map.copyOf(byRule);
  }

  /**
   * As the engine wants it, for a failure that is not decided yet.
   *
   * @param runIndex of the run that failed
   */
  RetryCounts before(EvidenceKind kind, int runIndex) {
    return new RetryCounts(
        RetryCounts.counts(kind) ? failures + 1 : failures, retries, runIndex + 1, byRule);
  }

  /** With what a decided failure used. */
  Budgets after(EvidenceKind kind, Decision decision) {
    int used = RetryCounts.counts(kind) && decision.counted() ? failures + 1 : failures;
    return decision.reason() == DecisionReason.RETRY
        ? new Budgets(used, retries + 1, and(decision.policy(), decision.ruleName()))
        : new Budgets(used, retries, byRule);
  }

  /**
   * With what a policy in the shadow would have granted: only its own rules' budgets know of it.
   */
  Budgets afterShadow(Decision decision) {
    return decision.reason() == DecisionReason.RETRY
        ? new Budgets(failures, retries, and(decision.policy(), decision.ruleName()))
        : this;
  }

  private Map<String, Integer> and(String policy, String rule) {
    Map<String, Integer> more = new HashMap<>(byRule);
    more.merge(RetryCounts.key(policy, rule), 1, Integer::sum);
    return more;
  }
}
