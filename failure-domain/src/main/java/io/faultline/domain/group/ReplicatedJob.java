package io.faultline.domain.group;

/**
 * Jobs of a set that are made alike.
 *
 * @param replicas how many of them; their indexes are 0 to one less
 */
public record ReplicatedJob(String name, int replicas) {

  /** Refuses a negative number of replicas. */
  public ReplicatedJob {
    if (replicas < 0) {
      throw new IllegalArgumentException("replicas must not be negative: " + replicas);
    }
  }
}
