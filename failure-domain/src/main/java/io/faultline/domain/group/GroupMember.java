package io.faultline.domain.group;

import org.jspecify.annotations.Nullable;

/**
 * One job of a set.
 *
 * @param name its own, unique in the set
 * @param replicatedJob what it is a replica of; empty where that is not known
 * @param index which replica, from 0; null where that is not known
 */
public record GroupMember(String name, String replicatedJob, @Nullable Integer index) {

  /** Refuses an index below 0. */
  public GroupMember {
    if (index != null && index < 0) {
      throw new IllegalArgumentException("an index must not be negative: " + index);
    }
  }

  /** Which replica of what; null where one of the two is not known. */
  public @Nullable JobIndex jobIndex() {
    return replicatedJob.isEmpty() || index == null ? null : new JobIndex(replicatedJob, index);
  }
}
