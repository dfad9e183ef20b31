package io.faultline.eventtest;

import org.jspecify.annotations.Nullable;

/**
 * What is expected of each gang among a test's jobs.
 *
 * @param size how many jobs each has; null for any number
 * @param sameEnd all its jobs end alike: all succeed, or all fail, or all are cancelled
 * @param together no job begins a further run while another still has an earlier one
 */
public record ExpectedGangs(@Nullable Integer size, boolean sameEnd, boolean together) {

  /** Refuses a size that no gang has. */
  public ExpectedGangs {
    if (size != null && size < 1) {
      throw new IllegalArgumentException("a gang has at least 1 job, not " + size);
    }
  }
}
