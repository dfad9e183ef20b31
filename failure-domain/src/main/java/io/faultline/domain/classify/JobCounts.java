package io.faultline.domain.classify;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Exact counts of one job's failures, as the classifier keeps them.
 *
 * @param failures terminal failures of its runs
 * @param byCategory those with each category; the empty one stands for none
 * @param lastAt when the last one was counted; the counts are forgotten some time after it
 */
public record JobCounts(long failures, Map<String, Long> byCategory, Instant lastAt) {

  /** A job without failures. */
  public static final JobCounts NONE = new JobCounts(0, Map.of(), Instant.EPOCH);

  /** Copies the map. */
  public JobCounts {
    byCategory = Map.copyOf(byCategory);
  }

  /** With one failure more. */
  public JobCounts plus(String category, Instant at) {
    Map<String, Long> more = new HashMap<>(byCategory);
    more.merge(category, 1L, Long::sum);
    return new JobCounts(failures + 1, more, at);
  }

  /** As they stand on an event of a failure of this category. */
  public FailureCounts of(String category) {
    return new FailureCounts(failures, byCategory.getOrDefault(category, 0L));
  }
}
