package io.faultline.domain.job;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.domain.retry.RetryCounts;

/**
 * What a job has used up.
 *
 * @param failures failures that count: preemptions and returned leases do not, an expired lease
 *     does
 * @param retries retries that a policy granted, whatever the kind of failure
 */
public record Budgets(int failures, int retries) {

  /** Nothing used. */
  public static final Budgets NONE = new Budgets(0, 0);

  /** With one more failure, where its kind counts. */
  Budgets afterFailure(EvidenceKind kind) {
    return RetryCounts.counts(kind) ? new Budgets(failures + 1, retries) : this;
  }

  /** With one more retry, where a policy granted it. */
  Budgets afterRetry(DecisionReason reason) {
    return reason == DecisionReason.RETRY ? new Budgets(failures, retries + 1) : this;
  }

  /** As the engine wants it, for the run with this index. */
  RetryCounts forRun(int index) {
    return new RetryCounts(failures, retries, index + 1);
  }
}
