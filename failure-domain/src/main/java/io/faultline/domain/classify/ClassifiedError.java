package io.faultline.domain.classify;

import io.faultline.domain.evidence.JobError;

/**
 * A failure with what the classifier says of it.
 *
 * @param error the failure as reported
 * @param classification what it is
 * @param categoriesName the set of categories that was used; empty when there was none
 * @param categoriesRevision its revision; 0 when there was none
 * @param counted whether this report was counted: the first terminal one of its run. Only a counted
 *     one is decided
 * @param counts the job's counts after it
 * @param rates failures of others in its hour, as far as known then
 */
public record ClassifiedError(
    JobError error,
    Classification classification,
    String categoriesName,
    long categoriesRevision,
    boolean counted,
    FailureCounts counts,
    FailureRates rates) {}
