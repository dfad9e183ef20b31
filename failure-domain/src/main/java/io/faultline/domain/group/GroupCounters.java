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
 * @param jobs restarts of single jobs; a job that is not in it has none
 */
public record GroupCounters(int restarts, int counted, Map<JobIndex, JobRestarts> jobs) {

  /** Nothing was started again yet. */
  public static final GroupCounters NONE = new GroupCounters(0, 0, Map.of());

  /** Copies the map; negative numbers are refused. */
  public GroupCounters {
    // not Map.copyOf: neighbours have neighbouring hashes, through which it searches one by one
    jobs = Collections.unmodifiableMap(new LinkedHashMap<>(jobs));
    if (restarts < 0 || counted < 0) {
      throw new IllegalArgumentException(
          "restarts must not be negative: " + restarts + ", " + counted);
    }
  }

  /** Restarts of single jobs that count. */
  public long countedOfJobs() {
    return jobs.values().stream().mapToLong(JobRestarts::counted).sum();
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
    return new GroupCounters(Math.addExact(restarts, 1), counts ? counted + 1 : counted, jobs);
  }

  /** A member without index has no numbers of its own. */
  GroupCounters afterRestartOf(GroupMember member, boolean counts) {
    Map<JobIndex, JobRestarts> after = new LinkedHashMap<>(jobs);
    JobIndex index = member.jobIndex();
    if (index != null) {
      after.put(index, of(member).another(counts));
    }
    return new GroupCounters(restarts, counted, after);
  }
}
