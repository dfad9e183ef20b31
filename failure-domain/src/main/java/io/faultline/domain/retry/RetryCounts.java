package io.faultline.domain.retry;

import io.faultline.domain.evidence.EvidenceKind;
import java.util.Map;

/**
 * What a job has used so far.
 *
 * @param failures failures that count, this one included where its kind does; see {@link #counts}.
 *     Those whose retry a rule with {@code countsTowardLimit: false} granted are not among them
 * @param retriesGranted retries granted by policies so far, whatever the kind of failure; those of
 *     returned leases by the legacy path apart. One for each earlier {@link DecisionReason#RETRY}
 * @param attemptedRuns runs so far, this one included
 * @param byRule retries granted so far by each rule, by {@link #key}
 */
public record RetryCounts(
    int failures, int retriesGranted, int attemptedRuns, Map<String, Integer> byRule) {

  /** Refuses negative counts, and copies the map. */
  public RetryCounts {
    byRule = Map.copyOf(byRule);
    if (failures < 0 || retriesGranted < 0 || attemptedRuns < 0) {
      throw new IllegalArgumentException(
          "counts must not be negative: "
              + failures
              + ", "
              + retriesGranted
              + ", "
              + attemptedRuns);
    }
  }

  /** Whether such a failure uses the policy's budget: all but preemptions and returned leases. */
  public static boolean counts(EvidenceKind kind) {
    return kind != EvidenceKind.PREEMPTED && kind != EvidenceKind.LEASE_RETURNED;
  }

  /**
   * Names a rule among all policies.
   *
   * @param rule its name; empty for the policy's default action
   */
  public static String key(String policy, String rule) {
    return policy + "/" + rule;
  }

  /** Retries of the policy's budget used before this decision: failures that count, less one. */
  public int retriesUsed() {
    return Math.max(0, failures - 1);
  }

  /** Retries that a rule has granted so far; those of the default action where it has no name. */
  public int by(String policy, String rule) {
    return byRule.getOrDefault(key(policy, rule), 0);
  }
}
