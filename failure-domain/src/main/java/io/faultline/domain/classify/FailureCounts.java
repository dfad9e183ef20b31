package io.faultline.domain.classify;

/**
 * Exact counts of failures, this one included where it counts.
 *
 * @param job terminal failures of the job so far
 * @param jobCategory those with this failure's category
 */
public record FailureCounts(long job, long jobCategory) {}
