package io.faultline.executor.kubernetes;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.executor.kubernetes.KubernetesSettings.Patience;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells from a pod's newest status, and nothing else, what it has come to; so the answer after a
 * restart is the same.
 *
 * @param patience how long things may take
 */
record FateReader(Patience patience) {

  private static final String EVICTED = "Evicted";

  /** Nobody had to make room who had ended already. */
  private static final Optional<EndCause> TOO_LATE = Optional.of(EndCause.PREEMPTED);

  /** What a pod that is there has come to. */
  PodFate read(PodView pod, Instant now) {
    if (pod.terminal()) {
      return ended(pod, now);
    }
    if (pod.deleted()) {
      return leaving(pod, now);
    }
    Optional<PodFate> stuck = new StartReader(patience).read(pod, now);
    return stuck.orElseGet(() -> alive(pod, now));
  }

  private static PodFate alive(PodView pod, Instant now) {
    return pod.phase().equals("Running")
        ? new PodFate.Running(pod.firstStarted().orElse(now))
        : new PodFate.Pending(pod.created().orElse(now));
  }

  /** What a pod that is not there any more had come to. */
  PodFate gone(PodView last, Instant now) {
    if (last.terminal()) {
      return ended(last, now);
    }
    if (last.deleted() || PodMarks.endCause(last.pod()).isPresent()) {
      return unfinished(last, now);
    }
    return new PodFate.Failed(
        now, null, InternalCause.POD_MISSING, "", "the pod is not there any more");
  }

  private PodFate leaving(PodView pod, Instant now) {
    if (pod.node().isEmpty()) {
      return unfinished(pod, now); // no kubelet will ever say that it ended
    }
    Instant due = pod.deletionDue().orElse(now).plus(patience.terminate());
    if (now.isBefore(due)) {
      return alive(pod, now);
    }
    return new PodFate.Failed(
        due,
        EvidenceKind.POD_ISSUE,
        InternalCause.STUCK_TERMINATING,
        pod.reason().isEmpty() ? pod.disruption() : "",
        "node "
            + pod.node()
            + " has not ended the pod "
            + patience.terminate().toSeconds()
            + " s after its grace was over");
  }

  private static PodFate unfinished(PodView pod, Instant now) {
    Instant at = pod.deletionDue().orElse(now);
    return byUs(pod, at).or(() -> disrupted(pod, at)).orElseGet(() -> deletedByOthers(at));
  }

  private static PodFate ended(PodView pod, Instant now) {
    Instant at = pod.lastFinished().or(pod::deletionAsked).or(pod::created).orElse(now);
    // what had ended before someone deleted it, or was ended by its kubelet, is its own end
    boolean before =
        pod.deletionAsked()
            .map(asked -> pod.lastFinished().map(asked::isAfter).orElse(false))
            .orElse(true);
    Optional<PodFate> ours = byUs(pod, at);
    boolean tooLate = before && PodMarks.endCause(pod.pod()).equals(TOO_LATE);
    if (ours.isPresent() && !tooLate) {
      return ours.get();
    }
    if (pod.phase().equals("Succeeded") && !pod.regularFailed()) {
      return new PodFate.Succeeded(at);
    }
    if (pod.reason().equals("DeadlineExceeded")) {
      return failed(at, EvidenceKind.POD_ISSUE, InternalCause.ACTIVE_DEADLINE, "");
    }
    Optional<PodFate> disrupted = disrupted(pod, at);
    if (disrupted.isPresent()) {
      return disrupted.get();
    }
    return before || !pod.reason().isEmpty() ? failed(at, null, null, "") : deletedByOthers(at);
  }

  private static Optional<PodFate> byUs(PodView pod, Instant at) {
    return PodMarks.endCause(pod.pod())
        .map(
            cause ->
                cause == EndCause.COMMAND
                    ? new PodFate.Stopped(at)
                    : new PodFate.Failed(
                        at,
                        cause.kind,
                        cause.internal,
                        cause.podReason,
                        PodMarks.annotation(pod.pod(), PodMarks.END_MESSAGE).orElse("")));
  }

  private static Optional<PodFate> disrupted(PodView pod, Instant at) {
    String disruption = pod.disruption();
    if (disruption.equals("PreemptionByScheduler") || pod.reason().equals("Preempting")) {
      return Optional.of(
          failed(at, EvidenceKind.PREEMPTED, null, pod.reason().isEmpty() ? disruption : ""));
    }
    if (disruption.isEmpty() || !pod.reason().isEmpty()) {
      return Optional.empty();
    }
    if (disruption.equals("EvictionByEvictionAPI")) {
      // the API server's evictions leave no reason, unlike a kubelet's; rules know but one word
      return Optional.of(failed(at, EvidenceKind.POD_FAILED, null, EVICTED));
    }
    return Optional.of(failed(at, null, null, disruption));
  }

  private static PodFate deletedByOthers(Instant at) {
    return new PodFate.Failed(
        at,
        EvidenceKind.POD_ISSUE,
        InternalCause.EXTERNALLY_DELETED,
        "",
        "the pod was deleted by someone else");
  }

  private static PodFate failed(
      Instant at, @Nullable EvidenceKind kind, @Nullable InternalCause cause, String podReason) {
    return new PodFate.Failed(at, kind, cause, podReason, "");
  }
}
