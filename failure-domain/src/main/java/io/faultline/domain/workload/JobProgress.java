package io.faultline.domain.workload;

import java.time.Instant;

/**
 * A Job so far.
 *
 * @param failedPods those that count towards the backoffLimit
 * @param ignoredPods those that a rule ignored
 * @param startedAt when the Job started, and its deadline began
 */
public record JobProgress(int failedPods, int ignoredPods, Instant startedAt) {

  /** A Job that starts. */
  public static JobProgress startedAt(Instant time) {
    return new JobProgress(0, 0, time);
  }

  JobProgress failed() {
    return new JobProgress(failedPods + 1, ignoredPods, startedAt);
  }

  JobProgress ignored() {
    return new JobProgress(failedPods, ignoredPods + 1, startedAt);
  }
}
