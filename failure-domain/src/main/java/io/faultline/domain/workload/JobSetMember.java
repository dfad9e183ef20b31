package io.faultline.domain.workload;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One Job of a set.
 *
 * @param set the set it is of
 * @param job what it is a replica of
 * @param index which replica, from 0
 */
public record JobSetMember(JobSetSpec set, ReplicatedJobSpec job, int index) {

  private static final String JOB_SET = "jobset.sigs.k8s.io/";

  /** Its name: {@code <set>-<replicatedJob>-<index>}. */
  public String jobName() {
    return set.name() + "-" + job.name() + "-" + index;
  }

  /** Its pods, by their index. */
  public Stream<JobSetPod> pods() {
    return IntStream.range(0, job.pods()).mapToObj(pod -> new JobSetPod(this, pod));
  }

  /**
   * What JobSet writes on every pod of it, both as labels and as annotations. JobSet has three more
   * that have no meaning without its controller: the set's uid, the hash of the Job's name, and the
   * coordinator.
   *
   * @param setRestarts how often the whole set began again
   * @param jobRestarts how often this Job alone did
   */
  Map<String, String> marks(int setRestarts, int jobRestarts) {
    Map<String, String> marks = new LinkedHashMap<>();
    marks.put(JOB_SET + "jobset-name", set.name());
    marks.put(JOB_SET + "replicatedjob-name", job.name());
    marks.put(JOB_SET + "replicatedjob-replicas", String.valueOf(job.replicas()));
    marks.put(JOB_SET + "global-replicas", String.valueOf(set.jobs()));
    marks.put(JOB_SET + "job-index", String.valueOf(index));
    marks.put(JOB_SET + "job-global-index", String.valueOf(set.jobsBefore(job) + index));
    marks.put(JOB_SET + "group-name", job.groupName());
    marks.put(JOB_SET + "group-replicas", String.valueOf(set.jobsOfGroup(job)));
    marks.put(JOB_SET + "job-group-index", String.valueOf(set.jobsOfGroupBefore(job) + index));
    marks.put(JOB_SET + "restart-attempt", String.valueOf(setRestarts));
    marks.put(JOB_SET + "job-restart-attempt", String.valueOf(jobRestarts));
    return marks;
  }
}
