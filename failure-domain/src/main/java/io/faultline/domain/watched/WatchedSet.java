package io.faultline.domain.watched;

import io.faultline.domain.group.FailurePolicy;
import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.group.GroupShape;
import io.faultline.domain.group.ReplicatedJob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a set of others when one of its Jobs fails. A Job that stands alone is a set of
 * one.
 *
 * @param setId the UID of the JobSet, or of the Job that stands alone
 * @param name its name
 * @param kind what it is
 * @param replicatedJobs in the order of its manifest; empty where that was not seen
 * @param policy what becomes of it when members fail; null for none
 * @param policyProblem why the policy that was asked for is not the one that is taken; may be empty
 * @param counters how often it had started again, in the generation of the failed Job
 */
public record WatchedSet(
    String setId,
    String name,
    Kind kind,
    List<ReplicatedJob> replicatedJobs,
    @Nullable FailurePolicy policy,
    String policyProblem,
    GroupCounters counters) {

  /** What can be watched. */
  public enum Kind {
    JOB_SET,
    JOB
  }

  /** Copies the list. */
  public WatchedSet {
    replicatedJobs = List.copyOf(replicatedJobs);
  }

  /** Which jobs it is made of; of two of one name the first. */
  GroupShape shape() {
    Set<String> names = new HashSet<>();
    List<ReplicatedJob> once = new ArrayList<>(replicatedJobs);
    once.removeIf(job -> !names.add(job.name()));
    return new GroupShape(once);
  }
}
