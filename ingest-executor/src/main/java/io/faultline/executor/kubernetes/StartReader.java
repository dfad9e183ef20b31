package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.faultline.executor.kubernetes.KubernetesSettings.Patience;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Finds pods that don't come to run. A waiting reason alone says little, as it changes back and
 * forth within seconds; what counts is how long nothing has gone on.
 *
 * @param patience how long things may take
 */
record StartReader(Patience patience) {

  private static final Set<String> NEVER = Set.of("InvalidImageName", "ErrImageNeverPull");
  private static final Set<String> BAD =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "ImageInspectError",
          "RegistryUnavailable",
          "CreateContainerConfigError",
          "CreateContainerError",
          "CreatePodSandboxError",
          "RunContainerError",
          "ContainerCannotRun",
          "SignatureValidationFailed");

  /** The pod given up; empty while there is hope. */
  Optional<PodFate> read(PodView pod, Instant now) {
    if (pod.phase().equals("Running")) {
      return Optional.empty();
    }
    if (pod.node().isEmpty()) {
      return unschedulable(pod, now);
    }
    Optional<ContainerStateWaiting> never = waiting(pod, NEVER);
    if (never.isPresent()) {
      return Optional.of(
          new PodFate.GivenUp(EndCause.NEVER_STARTS, "the pod never starts: " + said(never.get())));
    }
    Optional<ContainerStateWaiting> bad = waiting(pod, BAD);
    boolean idle = pod.containers().stream().allMatch(s -> s.getRunning() == null);
    if ((bad.isEmpty() && !idle) || !over(since(pod), patience.start(), now)) {
      return Optional.empty();
    }
    String why = bad.or(() -> anyWaiting(pod)).map(StartReader::said).orElse("no container runs");
    return Optional.of(
        new PodFate.GivenUp(
            EndCause.NOT_STARTED,
            "the pod has not started within " + patience.start().toSeconds() + " s: " + why));
  }

  private Optional<PodFate> unschedulable(PodView pod, Instant now) {
    Optional<PodCondition> condition =
        pod.condition("PodScheduled", "False").filter(c -> "Unschedulable".equals(c.getReason()));
    Optional<Instant> since =
        condition.flatMap(c -> PodView.time(c.getLastTransitionTime())).or(pod::created);
    if (condition.isEmpty() || !over(since, patience.schedule(), now)) {
      return Optional.empty();
    }
    return Optional.of(
        new PodFate.GivenUp(
            EndCause.UNSCHEDULABLE,
            "no node could take the pod within "
                + patience.schedule().toSeconds()
                + " s: "
                + PodView.text(condition.get().getMessage())));
  }

  /** Since when nothing has gone on: its last init container's end, or its coming to the node. */
  private static Optional<Instant> since(PodView pod) {
    Optional<Instant> scheduled =
        pod.condition("PodScheduled", "True")
            .flatMap(c -> PodView.time(c.getLastTransitionTime()))
            .or(pod::created);
    Optional<Instant> finished = pod.lastFinished();
    return scheduled.isPresent() && finished.isPresent() && finished.get().isBefore(scheduled.get())
        ? scheduled
        : finished.or(() -> scheduled);
  }

  private static boolean over(Optional<Instant> since, Duration patience, Instant now) {
    return since.map(then -> !then.plus(patience).isAfter(now)).orElse(false);
  }

  private static Optional<ContainerStateWaiting> waiting(PodView pod, Set<String> reasons) {
    return pod.containers().stream()
        .map(ContainerState::getWaiting)
        .filter(w -> w != null && w.getReason() != null && reasons.contains(w.getReason()))
        .findFirst();
  }

  private static Optional<ContainerStateWaiting> anyWaiting(PodView pod) {
    return pod.containers().stream()
        .map(ContainerState::getWaiting)
        .filter(w -> w != null)
        .findFirst();
  }

  private static String said(ContainerStateWaiting waiting) {
    String message = PodView.text(waiting.getMessage());
    return PodView.text(waiting.getReason()) + (message.isEmpty() ? "" : ": " + message);
  }
}
