package io.faultline.domain.job;

import java.util.List;

/**
 * Jobs of a set that start together: claimed whole, by one executor, or not at all.
 *
 * @param setId the set
 * @param generation how often the whole set was started again, from 0
 * @param executor who must claim it, since it holds the set's other runs; empty for anyone
 * @param podNamePrefix what their pods' names begin with
 * @param parts in the order of the set, at least one
 */
public record GroupStart(
    String setId, int generation, String executor, String podNamePrefix, List<GroupPart> parts) {

  /** Copies the list, and refuses an empty one. */
  public GroupStart {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a group has at least one part");
    }
  }

  /** How many jobs. */
  public int jobs() {
    return parts.stream().mapToInt(GroupPart::count).sum();
  }

  /**
   * The name of a run's pod, {@code prefix-job-0-run}: that of each run is its own, since the last
   * one may still be there.
   *
   * @param prefix what it begins with, a DNS label
   */
  public static String podName(String prefix, String jobId, int runIndex) {
    return prefix + "-" + jobId + "-0-" + runIndex;
  }
}
