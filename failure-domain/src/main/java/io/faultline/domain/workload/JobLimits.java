package io.faultline.domain.workload;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a Job survives.
 *
 * @param podFailurePolicy which failed pods end it, and which are not counted
 * @param backoffLimit the failed pods that it survives, from 0; one more that counts ends it
 * @param activeDeadline how long after its start it ends, whatever runs; null for no such time
 */
public record JobLimits(
    PodFailurePolicy podFailurePolicy, int backoffLimit, @Nullable Duration activeDeadline) {

  /** Where a manifest says nothing. */
  public static final int DEFAULT_BACKOFF_LIMIT = 6;

  /** Refuses limits below 0. */
  public JobLimits {
    if (backoffLimit < 0) {
      throw new IllegalArgumentException("backoffLimit must not be negative: " + backoffLimit);
    }
    if (activeDeadline != null && activeDeadline.isNegative()) {
      throw new IllegalArgumentException("a deadline must not be negative: " + activeDeadline);
    }
  }
}
