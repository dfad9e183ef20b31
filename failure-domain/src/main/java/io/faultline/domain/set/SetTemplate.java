package io.faultline.domain.set;

import io.faultline.domain.job.SpecRef;
import io.faultline.domain.workload.JobLimits;

/**
 * Members of a set that are made from one spec, next to each other.
 *
 * @param spec where it stands, under the id of the first job that is made from it
 * @param replicatedJob what they are replicas of; in a gang all members have the same
 * @param replicas how many members, from 1
 * @param pods how many pods each of them has, from 1; each is a job of its own here
 * @param limits what each member survives
 */
public record SetTemplate(
    SpecRef spec, String replicatedJob, int replicas, int pods, JobLimits limits) {

  /** Refuses what has no pods. */
  public SetTemplate {
    if (replicas < 1 || pods < 1) {
      throw new IllegalArgumentException("replicas and pods must be at least 1");
    }
  }

  /** How many jobs are made from it. */
  public int jobs() {
    return Math.multiplyExact(replicas, pods);
  }
}
