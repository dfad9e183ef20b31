package io.faultline.domain.retry;

import io.faultline.domain.evidence.EvidenceKind;

/**
 * What a job has used so far.
 *
 * @param failures failures that count, this one included where it does; see {@link #counts}
 * @param retriesGranted retries granted by policies so far, whatever the kind of failure; those of
 *     returned leases by the legacy path apart. One for each earlier {@link DecisionReason#RETRY}
 * @param attemptedRuns runs so far, this one included
 */
public record RetryCounts(int failures, int retriesGranted, int attemptedRuns) {

  /** Refuses negative counts. */
  public RetryCounts {
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

  /** Retries of the policy's budget used before this decision: failures that count, less one. */
  public int retriesUsed() {
    return Math.max(0, failures - 1);
  }
}
