package io.faultline.domain.workload;

import java.util.HashMap;
import java.util.Map;

/**
 * One pod of a set.
 *
 * @param member the Job it is of
 * @param index its index in the Job, from 0
 */
public record JobSetPod(JobSetMember member, int index) {

  private static final String BATCH = "batch.kubernetes.io/";

  /** The name it is found by: {@code <set>-<replicatedJob>-<jobIndex>-<podIndex>}. */
  public String hostname() {
    return member.jobName() + "-" + index;
  }

  /** The subdomain of its host name; empty where it is found by none. */
  public String subdomain() {
    return member.place().subdomain();
  }

  /**
   * Its labels: those of the template, of JobSet and of the Job, the latter over the former.
   *
   * @param setRestarts how often the whole set began again
   * @param jobRestarts how often this Job alone did
   */
  public Map<String, String> labels(int setRestarts, int jobRestarts) {
    Map<String, String> labels = new HashMap<>(member.podLabels());
    labels.putAll(member.marks(setRestarts, jobRestarts));
    labels.put(BATCH + "job-name", member.jobName());
    labels.put("job-name", member.jobName());
    labels.put(BATCH + "job-completion-index", String.valueOf(index));
    return Map.copyOf(labels);
  }

  /** Its annotations, in the same way as {@link #labels}. */
  public Map<String, String> annotations(int setRestarts, int jobRestarts) {
    Map<String, String> annotations = new HashMap<>(member.podAnnotations());
    annotations.putAll(member.marks(setRestarts, jobRestarts));
    annotations.put(BATCH + "job-completion-index", String.valueOf(index));
    return Map.copyOf(annotations);
  }

  /** What Kubernetes puts into the environment of every container of an Indexed Job. */
  public Map<String, String> environment() {
    return Map.of("JOB_COMPLETION_INDEX", String.valueOf(index));
  }
}
