package io.faultline.domain.group;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often a set and its members were started again. Starting the whole set again leaves the
 * numbers of single jobs as they are.
 *
 * @param restarts of the whole set, which is also the number of its generation
 * @param counted those of them that count toward {@code maxRestarts}
 * @param jobs restarts of single jobs; a job that is not in it has none, or is one of the others
 * @param countedOfOthers restarts that count of jobs whose own numbers are kept elsewhere
 */
public record GroupCounters(
    int restarts, int counted, Map<JobIndex, JobRestarts> jobs, long countedOfOthers) {

  /** Nothing was started again yet. */
  public static final GroupCounters NONE = new GroupCounters(0, 0, Map.of());

  /** Copies the map; negative numbers are refused. */
  public GroupCounters {
    // not Map.copyOf, which probes in a row: the indexes of a replicated job have hashes in a row
    jobs = Collections.unmodifiableMap(new LinkedHashMap<>(jobs));
    if (restarts < 0 || counted < 0 || countedOfOthers < 0) {
      throw new IllegalArgumentException(
          "restarts must not be negative: " + restarts + ", " + counted + ", " + countedOfOthers);
    }
  }

  /** Where the numbers of all jobs are known. */
  public GroupCounters(int restarts, int counted, Map<JobIndex, JobRestarts> jobs) {
    this(restarts, counted, jobs, 0);
  }

  /** The same in few words: the numbers of single jobs are kept elsewhere. */
  public GroupCounters summed() {
    return new GroupCounters(restarts, counted, Map.of(), countedOfJobs());
  }

  /** Restarts of single jobs that count. */
  public long countedOfJobs() {
    return countedOfOthers + jobs.values().stream().mapToLong(JobRestarts::counted).sum();
  }

  /** All restarts that count, of the set and of single jobs. */
  public long countedInAll() {
    return counted + countedOfJobs();
  }

  /** Those of one member; none where it has no index. */
  public JobRestarts of(GroupMember member) {
    JobIndex index = member.jobIndex();
    return index == null ? JobRestarts.NONE : jobs.getOrDefault(index, JobRestarts.NONE);
  }

  /** With one more restart of the whole set. */
  public GroupCounters afterRestart(boolean counts) {
    return new GroupCounters(
        Math.addExact(restarts, 1), counts ? counted + 1 : counted, jobs, countedOfOthers);
  }

  /** A member without index has no numbers of its own. */
  GroupCounters afterRestartOf(GroupMember member, boolean counts) {
    Map<JobIndex, JobRestarts> after = new LinkedHashMap<>(jobs);
    JobIndex index = member.jobIndex();
    if (index != null) {
      after.put(index, of(member).another(counts));
    }
    return new GroupCounters(restarts, counted, after, countedOfOthers);
  }
}
