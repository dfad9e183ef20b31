package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.executor.cluster.Observation;
import io.faultline.executor.cluster.PodRefused;
import io.faultline.executor.cluster.PodRefused.Why;
import io.faultline.executor.cluster.Preemption;
import io.faultline.executor.cluster.StopCause;
import io.faultline.executor.kubernetes.TrackedPod.Told;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has pods made, each once, whatever the API server answers; or tells that one never will be. */
record PodCreation(
    PodApi api, KubernetesSettings settings, Clock clock, Consumer<Observation> observer) {

  private static final Logger log = LoggerFactory.getLogger(PodCreation.class);
  private static final int CONFLICT = 409;

  /** How long the watch may take to tell of a pod that was made. */
  private static final Duration UNWATCHED = Duration.ofSeconds(10);

  /** How often a name is asked for that is being freed. */
  private static final int ATTEMPTS = 3;

  /**
   * Asks for a pod that the watch has not told of: one that went before the watch began again is
   * never told of.
   */
  void confirm(TrackedPod run, Pod made) {
    Instant now = clock.instant();
    if (!run.unwatched() || now.isBefore(run.askAt) || api.waits(run)) {
      return;
    }
    run.askAt = now.plus(UNWATCHED);
    try {
      Optional<Pod> there =
          api.find(made).filter(p -> p.getMetadata().getUid().equals(made.getMetadata().getUid()));
      there.ifPresent(run::update);
      if (there.isEmpty()) {
        run.gone(made);
      }
    } catch (KubernetesClientException e) {
      log.atWarn()
          .setMessage("pod is asked for again later")
          .addKeyValue("runId", run.runId())
          .addKeyValue("problem", e.toString())
          .log();
    }
  }

  /** Tries once, unless nothing is wanted any more. */
  void look(TrackedPod run) {
    Pod wanted = run.wanted();
    if (wanted == null || run.told == Told.END) {
      return;
    }
    StopCause stop = run.stop;
    if (stop != null) {
      notMade(run, stopped(run, stop));
    } else if (!api.waits(run)) {
      make(run, wanted);
    }
  }

  private void make(TrackedPod run, Pod wanted) {
    try {
      run.update(make(wanted));
      run.askAt = clock.instant().plus(UNWATCHED);
    } catch (PodRefused e) {
      notMade(run, refused(run, e));
    } catch (KubernetesClientException e) {
      if (PodApi.passes(e) && run.triedInVain() <= settings.pressure().retries()) {
        run.notBefore(api.pause());
        return;
      }
      if (PodApi.inDoubt(e)) {
        log.atWarn()
            .setMessage("pod refused, in doubt")
            .addKeyValue("runId", run.runId())
            .addKeyValue("problem", e.toString())
            .log();
      }
      notMade(run, refused(run, Refusals.of(wanted, e)));
    }
  }

  private void notMade(TrackedPod run, Observation end) {
    run.notMade();
    if (run.latest() == null) { // else it was made after all, as the watch says
      run.told = Told.END;
      run.ended = true;
      observer.accept(end);
    }
  }

  private Observation refused(TrackedPod run, PodRefused why) {
    return failed(run, why.evidence());
  }

  private Observation failed(TrackedPod run, Evidence evidence) {
    return new Observation.Failed(run.runId(), "", clock.instant(), evidence);
  }

  private Observation stopped(TrackedPod run, StopCause cause) {
    return switch (cause) {
      case COMMAND -> new Observation.Stopped(run.runId(), "", clock.instant());
      case LEASE_LOST -> failed(run, notMadeInTime());
      case PREEMPTED -> failed(run, Preemption.evidence(run.stopWhy, "", "", List.of()));
    };
  }

  private static Evidence notMadeInTime() {
    return new Evidence(
        EvidenceKind.LEASE_EXPIRED,
        InternalCause.LEASE_EXPIRED,
        "",
        "",
        "",
        "",
        List.of(),
        List.of(),
        "the pod had not been made",
        null);
  }

  /** The pod, made now or before. */
  private Pod make(Pod pod) throws PodRefused {
    for (int attempt = 1; ; attempt++) {
      try {
        return api.create(pod);
      } catch (KubernetesClientException e) {
        if (e.getCode() != CONFLICT || attempt == ATTEMPTS) {
          throw e;
        }
      }
      Optional<Pod> there = api.find(pod);
      if (there.isPresent() && sameRun(there.get(), pod)) {
        return there.get();
      }
      if (there.isPresent() && !makeWay(there.get())) {
        throw new PodRefused(
            Why.NOT_NOW, "the name " + Refusals.place(pod) + " is taken by " + owner(there.get()));
      }
    }
  }

  private static boolean sameRun(Pod there, Pod wanted) {
    return PodMarks.annotation(there, PodMarks.RUN_ID)
            .equals(PodMarks.annotation(wanted, PodMarks.RUN_ID))
        && PodMarks.annotation(there, PodMarks.EXECUTOR)
            .equals(PodMarks.annotation(wanted, PodMarks.EXECUTOR));
  }

  /** An earlier run's pod may go once it has ended and its end is reported. */
  private boolean makeWay(Pod there) {
    if (PodMarks.run(there, settings.executor()).isEmpty()
        || PodMarks.kept(there)
        || !new PodView(there).terminal()) {
      return false;
    }
    api.delete(there, 0);
    return true;
  }

  private static String owner(Pod there) {
    return PodMarks.annotation(there, PodMarks.RUN_ID)
        .map(run -> "the pod of run " + run)
        .orElse("a pod that is not ours");
  }
}
