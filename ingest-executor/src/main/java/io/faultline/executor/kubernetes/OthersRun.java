package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.faultline.domain.job.JobIdentity;
import io.faultline.executor.kubernetes.OthersSettings.Mapping;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pod that others made, as a run of a job.
 *
 * @param job whose run
 * @param uid the pod's; stands for the run's id, as no two pods ever have the same
 * @param index which run it is; empty where the pod doesn't say
 * @param made when the pod was
 * @param namespace the pod's
 * @param podName the pod's
 */
record OthersRun(
    JobIdentity job,
    String uid,
    Optional<Integer> index,
    Instant made,
    String namespace,
    String podName) {

  /** The run that a pod is by the first mapping that knows its job; empty for a pod of ours. */
  static Optional<OthersRun> of(Pod pod, OthersSettings which) {
    String uid = PodView.text(pod.getMetadata().getUid());
    if (uid.isEmpty() || PodMarks.ours(pod)) {
      return Optional.empty();
    }
    return which.mappings().stream()
        .flatMap(mapping -> of(pod, uid, mapping, which.sets()))
        .findFirst();
  }

  private static Stream<OthersRun> of(Pod pod, String uid, Mapping mapping, boolean sets) {
    String jobId = mapping.jobId().of(pod);
    if (jobId.isEmpty()) {
      return Stream.empty();
    }
    String namespace = PodView.text(pod.getMetadata().getNamespace());
    String queue = mapping.queue().of(pod);
    return Stream.of(
        new OthersRun(
            new JobIdentity(
                jobId,
                queue.isEmpty() ? namespace : queue,
                mapping.jobSet().of(pod),
                sets ? OtherSets.recordKey(pod).orElse(null) : null),
            uid,
            Optional.of(mapping.runIndex().of(pod))
                .filter(index -> index.matches("[0-9]{1,9}"))
                .map(Integer::valueOf),
            new PodView(pod).created().orElse(Instant.EPOCH),
            namespace,
            PodView.text(pod.getMetadata().getName())));
  }
}
