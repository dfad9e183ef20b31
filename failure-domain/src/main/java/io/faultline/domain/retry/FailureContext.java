package io.faultline.domain.retry;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.evidence.JobError;
import java.util.List;

/**
 * All that an {@link Expression} can ask about.
 *
 * @param error the failure as reported: job, run, place and evidence
 * @param info what the classifier found
 * @param fatal whether its category says that another try can't help
 * @param counts exact counts of the job's failures, this one included
 * @param rates approximate counts of failures of others
 * @param history the job's earlier failures, oldest first
 */
public record FailureContext(
    JobError error,
    FailureInfo info,
    boolean fatal,
    FailureCounts counts,
    FailureRates rates,
    List<PastFailure> history) {

  /** Copies the list. */
  public FailureContext {
    history = List.copyOf(history);
  }

  /** What is known of a classified failure. */
  public static FailureContext of(ClassifiedError failure, List<PastFailure> history) {
    return new FailureContext(
        failure.error(),
        failure.classification().info(),
        failure.classification().fatal(),
        failure.counts(),
        failure.rates(),
        history);
  }
}
