package io.faultline.server.control;

/**
 * Jobs of a set, next to each other, that are made from one spec.
 *
 * @param first the first of them
 * @param replicatedJob what its members are replicas of
 * @param replicas how many members
 * @param pods how many jobs each member has
 */
public record AcceptedTemplate(AcceptedJob first, String replicatedJob, int replicas, int pods) {

  /** How many jobs are made from it. */
  public int jobs() {
    return replicas * pods;
  }
}
