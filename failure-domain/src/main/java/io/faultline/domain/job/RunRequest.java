package io.faultline.domain.job;

import io.faultline.domain.retry.RunMutations;
import io.faultline.domain.set.SetIds;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run that is due and waits to be claimed by an executor; or runs of a set that start together.
 *
 * @param job whose run; of several the first
 * @param run which one; of several the first job's
 * @param spec where the job's spec stands; of several the first job's
 * @param podName the pod's name, which follows from job and run; of several the first
 * @param mutations how the run differs from what was submitted, all retries so far taken together
 * @param at when it was asked for
 * @param group what starts together; null where the job is in no set
 */
public record RunRequest(
    JobIdentity job,
    RunIdentity run,
    SpecRef spec,
    String podName,
    RunMutations mutations,
    Instant at,
    @Nullable GroupStart group) {

  /** Of a job in no set. */
  public RunRequest(
      JobIdentity job,
      RunIdentity run,
      SpecRef spec,
      String podName,
      RunMutations mutations,
      Instant at) {
    this(job, run, spec, podName, mutations, at, null);
  }

  /**
   * Of jobs of a set.
   *
   * @param of who the set's jobs are, but for the job's id
   */
  public static RunRequest of(
      JobIdentity of, GroupStart group, RunMutations mutations, Instant at) {
    return of(of, group, group.parts().get(0), mutations, at);
  }

  private static RunRequest of(
      JobIdentity of, GroupStart group, GroupPart first, RunMutations mutations, Instant at) {
    String jobId = SetIds.job(group.setId(), first.first());
    return new RunRequest(
        new JobIdentity(jobId, of.queue(), of.jobSet(), of.gangId()),
        RunIdentity.of(jobId, first.runIndex()),
        first.spec(),
        GroupStart.podName(group.podNamePrefix(), jobId, first.runIndex()),
        mutations,
        at,
        group);
  }

  /** How many runs. */
  public int runs() {
    return group == null ? 1 : group.jobs();
  }

  /** The id under which its spec stands; of several that of the first job. */
  public String specJobId() {
    return group == null
        ? job.jobId()
        : SetIds.job(group.setId(), group.parts().get(0).specFirst());
  }

  /** A request for each run alone, as it stands in a lease. */
  public Stream<RunRequest> each() {
    GroupStart all = group;
    return all == null
        ? Stream.of(this)
        : all.parts().stream()
            .flatMap(
                part ->
                    IntStream.range(part.first(), part.first() + part.count())
                        .mapToObj(index -> one(all, part, index)));
  }

  /** The first one of each part: those that are made from one spec need the same. */
  public Stream<RunRequest> firsts() {
    GroupStart all = group;
    return all == null
        ? Stream.of(this)
        : all.parts().stream().map(part -> one(all, part, part.first()));
  }

  private RunRequest one(GroupStart all, GroupPart part, int index) {
    GroupPart alone =
        new GroupPart(part.spec(), part.specFirst(), index, 1, part.runIndex(), part.attempt());
    GroupStart start =
        new GroupStart(
            all.setId(), all.generation(), all.executor(), all.podNamePrefix(), List.of(alone));
    return of(job, start, alone, mutations, at);
  }
}
