package io.faultline.domain.evidence;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was seen of one failure. Texts are empty where nothing was seen, and already cut
 * by the reporter: every matcher, live or in replay, sees the same text.
 *
 * @param kind what kind of end it was
 * @param internalCause what the system itself found; null for a failure of the job's own
 * @param podReason the pod's reason, for example {@code Evicted} or {@code DeadlineExceeded}
 * @param podMessage the pod's message
 * @param podPhase the pod's phase; recorded, never matched
 * @param node the node it ran on
 * @param containers regular ones first, then init containers, then ephemeral ones
 * @param events the pod's events, oldest first
 * @param podError the message that the executor itself captured
 * @param retryAfter when another try makes sense, where the reporter knows; else null
 * @param conditions the pod's conditions that may say why it ended, in the pod's order
 */
public record Evidence(
    EvidenceKind kind,
    @Nullable InternalCause internalCause,
    String podReason,
    String podMessage,
    String podPhase,
    String node,
    List<ContainerEvidence> containers,
    List<PodEvent> events,
    String podError,
    @Nullable Instant retryAfter,
    List<PodCondition> conditions) {

  /** Copies the lists. */
  public Evidence {
    containers = List.copyOf(containers);
    events = List.copyOf(events);
    conditions = List.copyOf(conditions);
  }

  /** Of an end that no condition of a pod says anything of. */
  public Evidence(
      EvidenceKind kind,
      @Nullable InternalCause internalCause,
      String podReason,
      String podMessage,
      String podPhase,
      String node,
      List<ContainerEvidence> containers,
      List<PodEvent> events,
      String podError,
      @Nullable Instant retryAfter) {
    this(
        kind,
        internalCause,
        podReason,
        podMessage,
        podPhase,
        node,
        containers,
        events,
        podError,
        retryAfter,
        List.of());
  }

  /** The failed containers: regular ones first, then init containers, each in the pod's order. */
  public List<ContainerEvidence> failedContainers() {
    return containers.stream().filter(ContainerEvidence::failed).toList();
  }

  /** The first of {@link #failedContainers}; null where none failed. */
  public @Nullable ContainerEvidence firstFailedContainer() {
    for (ContainerEvidence container : containers) {
      if (container.failed()) {
        return container;
      }
    }
    return null;
  }
}
