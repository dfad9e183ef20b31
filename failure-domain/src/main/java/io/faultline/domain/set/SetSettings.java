package io.faultline.domain.set;

import io.faultline.domain.group.Settling;
import java.time.Duration;

/**
 * The settings of sets, alike for all.
 *
 * @param settling how long failures of members are gathered before the set is decided
 * @param podBackoff how long a member's next pod waits after its first one that failed; twice as
 *     long after each further one
 * @param podBackoffMax no longer than this
 */
public record SetSettings(Settling settling, Duration podBackoff, Duration podBackoffMax) {

  /** As Kubernetes' Jobs wait: 10 s, and no longer than 6 min. */
  public static final SetSettings DEFAULTS =
      new SetSettings(Settling.DEFAULT, Duration.ofSeconds(10), Duration.ofMinutes(6));

  /** Refuses waits below 0. */
  public SetSettings {
    if (podBackoff.isNegative() || podBackoffMax.compareTo(podBackoff) < 0) {
      throw new IllegalArgumentException(
          "a longest wait of at least the first is expected: " + podBackoff + ", " + podBackoffMax);
    }
  }

  /**
   * How long a member's next pod waits.
   *
   * @param failed its pods that failed so far, ignored ones included; at least 1
   */
  Duration podWait(int failed) {
    int doublings = Math.min(failed - 1, 30);
    Duration wait = podBackoff.multipliedBy(1L << doublings);
    return wait.compareTo(podBackoffMax) > 0 ? podBackoffMax : wait;
  }
}
