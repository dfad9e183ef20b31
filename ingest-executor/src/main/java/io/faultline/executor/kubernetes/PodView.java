package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A pod where anything may be missing or edited by hand. */
record PodView(Pod pod) {

  private PodStatus status() {
    return pod.getStatus() == null ? new PodStatus() : pod.getStatus();
  }

  String phase() {
    return text(status().getPhase());
  }

  String reason() {
    return text(status().getReason());
  }

  String node() {
    return pod.getSpec() == null ? "" : text(pod.getSpec().getNodeName());
  }

  boolean terminal() {
    return phase().equals("Succeeded") || phase().equals("Failed");
  }

  boolean deleted() {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  /** When its deletion was asked for; empty where it wasn't. */
  Optional<Instant> deletionAsked() {
    Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
    return deletionDue().map(due -> due.minusSeconds(grace == null ? 0 : grace));
  }

  /** When its grace is over; empty where it isn't being deleted. */
  Optional<Instant> deletionDue() {
    return time(pod.getMetadata().getDeletionTimestamp());
  }

  Optional<Instant> created() {
    return time(pod.getMetadata().getCreationTimestamp());
  }

  Optional<PodCondition> condition(String type, String value) {
    return status().getConditions().stream()
        .filter(c -> type.equals(c.getType()) && value.equals(c.getStatus()))
        .findFirst();
  }

  /** Why it is disrupted, for example {@code PreemptionByScheduler}; empty where it isn't. */
  String disruption() {
    return condition("DisruptionTarget", "True").map(c -> text(c.getReason())).orElse("");
  }

  List<ContainerState> regular() {
    return states(status().getContainerStatuses());
  }

  /** The states of regular and init containers. */
  List<ContainerState> containers() {
    return Stream.concat(regular().stream(), states(status().getInitContainerStatuses()).stream())
        .toList();
  }

  private static List<ContainerState> states(List<ContainerStatus> statuses) {
    return statuses.stream().map(ContainerStatus::getState).filter(state -> state != null).toList();
  }

  /** Whether a regular container ended with another code than 0. */
  boolean regularFailed() {
    return regular().stream()
        .map(ContainerState::getTerminated)
        .anyMatch(t -> t != null && t.getExitCode() != null && t.getExitCode() != 0);
  }

  /** When the last of its containers ended; empty where none has. */
  Optional<Instant> lastFinished() {
    return containers().stream()
        .map(ContainerState::getTerminated)
        .filter(t -> t != null)
        .flatMap(t -> time(t.getFinishedAt()).stream())
        .max(Instant::compareTo);
  }

  /** When the first regular container began; empty where none has. */
  Optional<Instant> firstStarted() {
    return regular().stream()
        .flatMap(s -> started(s).stream())
        .filter(at -> at.isAfter(Instant.EPOCH)) // what never began has a time of zero
        .min(Instant::compareTo);
  }

  private static Optional<Instant> started(ContainerState state) {
    if (state.getRunning() != null) {
      return time(state.getRunning().getStartedAt());
    }
    return state.getTerminated() == null
        ? Optional.empty()
        : time(state.getTerminated().getStartedAt());
  }

  /** A time as Kubernetes writes it; empty where it is none. */
  static Optional<Instant> time(@Nullable String text) {
    try {
      return text == null || text.isEmpty()
          ? Optional.empty()
          : Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
