package io.faultline.domain.workload;

import java.util.Map;

/**
 * Jobs of a set that are made from one template.
 *
 * @param name unique in its set
 * @param groupName the group it is in; several may share one
 * @param replicas how many Jobs, from 1
 * @param pods how many pods each Job has, all at once, from 1
 * @param limits what each Job survives
 * @param podLabels of the template of its pods
 * @param podAnnotations of the template of its pods
 * @param podSpec the Kubernetes pod spec as JSON, with {@code restartPolicy: Never}
 */
public record ReplicatedJobSpec(
    String name,
    String groupName,
    int replicas,
    int pods,
    JobLimits limits,
    Map<String, String> podLabels,
    Map<String, String> podAnnotations,
    String podSpec) {

  /** Copies the maps and refuses what has no pods. */
  public ReplicatedJobSpec {
    podLabels = Map.copyOf(podLabels);
    podAnnotations = Map.copyOf(podAnnotations);
    if (replicas < 1 || pods < 1) {
      throw new IllegalArgumentException("replicas and pods must be at least 1");
    }
  }

  JobSetMember member(SetPlace place, int index) {
    return new JobSetMember(place, podLabels, podAnnotations, index);
  }
}
