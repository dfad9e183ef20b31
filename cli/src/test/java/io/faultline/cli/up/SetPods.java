package io.faultline.cli.up;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The pods of a set on a mock cluster, which run until a test ends them.
 *
 * @param name the set's name in its manifest
 */
record SetPods(MockCluster cluster, String name) {

  private static final String JOB_SET = "jobset.sigs.k8s.io/";
  private static final String INDEX = "batch.kubernetes.io/job-completion-index";

  /** Waits until a pod runs; of the first Job of a replicated job. */
  Pod running(String replicatedJob, int index, int generation) {
    return running(replicatedJob, 0, index, generation);
  }

  /** Waits until a pod runs. */
  Pod running(String replicatedJob, int job, int index, int generation) {
    Map<String, String> wanted =
        Map.of(
            JOB_SET + "jobset-name",
            name,
            JOB_SET + "replicatedjob-name",
            replicatedJob,
            JOB_SET + "job-index",
            String.valueOf(job),
            INDEX,
            String.valueOf(index),
            JOB_SET + "restart-attempt",
            String.valueOf(generation));
    return await("a pod of " + wanted)
        .atMost(Duration.ofMinutes(2))
        .until(() -> pod(wanted), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<Pod> pod(Map<String, String> wanted) {
    return cluster.pods().stream()
        .filter(pod -> pod.getMetadata().getLabels().entrySet().containsAll(wanted.entrySet()))
        .filter(pod -> pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase()))
        .findFirst();
  }

  /** Its container exits now. */
  void exit(Pod pod, int code) {
    exit(pod, code, Instant.now());
  }

  /** Its container exits now; its node's clock says that it ran for a moment until then. */
  void exit(Pod pod, int code, Instant finished) {
    cluster.status(
        pod,
        new PodStatusBuilder(PodStatuses.terminated(code, code == 0 ? "Completed" : "Error", ""))
            .editFirstContainerStatus()
            .withName(pod.getSpec().getContainers().get(0).getName())
            .editState()
            .editTerminated()
            .withStartedAt(finished.minusMillis(100).toString())
            .withFinishedAt(finished.toString())
            .endTerminated()
            .endState()
            .endContainerStatus()
            .build());
  }

  /** Its node is drained. */
  void evict(Pod pod) {
    cluster.status(
        pod, PodStatuses.condition("Failed", "DisruptionTarget", "EvictionByEvictionAPI"));
  }
}
