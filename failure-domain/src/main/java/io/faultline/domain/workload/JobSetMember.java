package io.faultline.domain.workload;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One Job of a set.
 *
 * @param place where the Jobs of its template stand in the set
 * @param podLabels of the template of its pods
 * @param podAnnotations of the template of its pods
 * @param index which replica, from 0
 */
public record JobSetMember(
    SetPlace place, Map<String, String> podLabels, Map<String, String> podAnnotations, int index) {

  private static final String JOB_SET = "jobset.sigs.k8s.io/";

  /** Its name: {@code <set>-<replicatedJob>-<index>}. */
  public String jobName() {
    return place.setName() + "-" + place.replicatedJob() + "-" + index;
  }

  /** Its pods, by their index. */
  public Stream<JobSetPod> pods() {
    return IntStream.range(0, place.pods()).mapToObj(pod -> new JobSetPod(this, pod));
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
    marks.put(JOB_SET + "jobset-name", place.setName());
    marks.put(JOB_SET + "replicatedjob-name", place.replicatedJob());
    marks.put(JOB_SET + "replicatedjob-replicas", String.valueOf(place.replicas()));
    marks.put(JOB_SET + "global-replicas", String.valueOf(place.jobsOfSet()));
    marks.put(JOB_SET + "job-index", String.valueOf(index));
    marks.put(JOB_SET + "job-global-index", String.valueOf(place.jobsBefore() + index));
    marks.put(JOB_SET + "group-name", place.group());
    marks.put(JOB_SET + "group-replicas", String.valueOf(place.jobsOfGroup()));
    marks.put(JOB_SET + "job-group-index", String.valueOf(place.jobsOfGroupBefore() + index));
    marks.put(JOB_SET + "restart-attempt", String.valueOf(setRestarts));
    marks.put(JOB_SET + "job-restart-attempt", String.valueOf(jobRestarts));
    return marks;
  }
}
