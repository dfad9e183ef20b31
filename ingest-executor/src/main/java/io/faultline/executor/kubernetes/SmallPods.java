package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.faultline.rules.kubernetes.PodConditions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Of thousands of pods, just what is asked of them later: without managed fields, volumes,
 * environments, commands, and conditions that say nothing about an end.
 */
final class SmallPods {

  private static final Set<String> KEPT =
      Set.of(PodMarks.EXECUTOR, PodMarks.RUN_ID, PodMarks.END_CAUSE, PodMarks.END_MESSAGE);

  private SmallPods() {}

  /** The pod with all that its end and its evidence need. */
  static Pod of(Pod pod) {
    Pod small = new Pod();
    small.setMetadata(meta(pod.getMetadata()));
    if (pod.getSpec() != null) {
      small.setSpec(spec(pod.getSpec()));
    }
    if (pod.getStatus() != null) {
      small.setStatus(status(pod.getStatus()));
    }
    return small;
  }

  /** What says which pod it is, whose, and in which version. */
  static Pod key(Pod pod) {
    ObjectMeta meta = new ObjectMeta();
    identity(pod.getMetadata(), meta);
    Pod key = new Pod();
    key.setMetadata(meta);
    return key;
  }

  private static void identity(ObjectMeta of, ObjectMeta small) {
    small.setNamespace(of.getNamespace());
    small.setName(of.getName());
    small.setUid(of.getUid());
    small.setResourceVersion(of.getResourceVersion());
    small.setLabels(kept(of.getLabels()));
    small.setAnnotations(kept(of.getAnnotations()));
  }

  private static ObjectMeta meta(ObjectMeta of) {
    ObjectMeta small = new ObjectMeta();
    identity(of, small);
    small.setCreationTimestamp(of.getCreationTimestamp());
    small.setDeletionTimestamp(of.getDeletionTimestamp());
    small.setDeletionGracePeriodSeconds(of.getDeletionGracePeriodSeconds());
    small.setFinalizers(of.getFinalizers());
    return small;
  }

  private static Map<String, String> kept(@Nullable Map<String, String> of) {
    Map<String, String> small = new LinkedHashMap<>(4);
    if (of != null) {
      of.forEach(
          (key, value) -> {
            if (KEPT.contains(key)) {
              small.put(key, value);
            }
          });
    }
    return small;
  }

  private static PodSpec spec(PodSpec of) {
    PodSpec small = new PodSpec();
    small.setNodeName(of.getNodeName());
    small.setTerminationGracePeriodSeconds(of.getTerminationGracePeriodSeconds());
    small.setContainers(containers(of.getContainers()));
    small.setInitContainers(containers(of.getInitContainers()));
    return small;
  }

  private static List<Container> containers(@Nullable List<Container> of) {
    return of == null
        ? List.of()
        : of.stream()
            .map(c -> new ContainerBuilder().withName(c.getName()).withImage(c.getImage()).build())
            .toList();
  }

  private static PodStatus status(PodStatus of) {
    PodStatus small = new PodStatus();
    small.setPhase(of.getPhase());
    small.setReason(of.getReason());
    small.setMessage(of.getMessage());
    small.setConditions(of.getConditions().stream().filter(c -> tells(c.getType())).toList());
    small.setContainerStatuses(statuses(of.getContainerStatuses()));
    small.setInitContainerStatuses(statuses(of.getInitContainerStatuses()));
    small.setEphemeralContainerStatuses(statuses(of.getEphemeralContainerStatuses()));
    return small;
  }

  /** A pod that no node takes is one as well, and that is in a condition of every pod's life. */
  private static boolean tells(String condition) {
    return condition.equals("PodScheduled") || !PodConditions.ordinary(condition);
  }

  private static List<ContainerStatus> statuses(@Nullable List<ContainerStatus> of) {
    return of == null
        ? List.of()
        : of.stream()
            .map(
                s ->
                    new ContainerStatusBuilder()
                        .withName(s.getName())
                        .withImage(s.getImage())
                        .withState(s.getState())
                        .withLastState(s.getLastState())
                        .build())
            .toList();
  }
}
