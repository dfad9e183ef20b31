package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.faultline.executor.cluster.Observation;
import io.faultline.executor.cluster.StopCause;
import io.faultline.executor.kubernetes.TrackedPod.Told;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at one pod: tells what it has come to, and has done what is still wanted of it. What fails
 * is done at a later look.
 */
record PodKeeper(
    KubernetesSettings settings,
    PodApi api,
    FateReader fates,
    PodEvidence evidence,
    Clock clock,
    Consumer<Observation> observer) {

  private static final Logger log = LoggerFactory.getLogger(PodKeeper.class);
  private static final int NOT_FOUND = 404;
  private static final long DEFAULT_GRACE = 30;

  /** Looks once; by one thread at a time for each pod. */
  void look(TrackedPod run) {
    Pod pod = run.latest();
    if (pod == null) {
      return; // not made yet
    }
    PodView view = new PodView(pod);
    Instant now = clock.instant();
    if (run.told != Told.END) {
      PodFate fate = run.gone() ? fates.gone(view, now) : fates.read(view, now);
      if (fate instanceof PodFate.GivenUp up) {
        end(run, view, up.cause(), up.message());
        fate = new PodFate.Pending(view.created().orElse(now));
      }
      tell(run, view, fate);
    }
    if (!run.gone()) {
      act(run, view, now);
    }
  }

  private void tell(TrackedPod run, PodView view, PodFate fate) {
    String node = view.node();
    if (fate instanceof PodFate.Pending pending) {
      if (run.told == Told.NOTHING) {
        run.told = Told.PENDING;
        observer.accept(new Observation.Pending(run.runId(), node, pending.at()));
      }
      return;
    }
    // a run may have begun and ended between two looks: both are told, in this order
    view.firstStarted()
        .or(() -> fate instanceof PodFate.Running r ? Optional.of(r.at()) : Optional.empty())
        .filter(at -> run.told != Told.RUNNING)
        .ifPresent(
            at -> {
              run.told = Told.RUNNING;
              observer.accept(new Observation.Running(run.runId(), node, at));
            });
    if (fate.isEnd()) {
      Observation end = end(run, view, fate);
      run.told = Told.END;
      run.ended = true;
      observer.accept(end);
    }
  }

  private Observation end(TrackedPod run, PodView view, PodFate fate) {
    if (fate instanceof PodFate.Succeeded fine) {
      return new Observation.Succeeded(run.runId(), view.node(), fine.at());
    }
    if (fate instanceof PodFate.Stopped stopped) {
      return new Observation.Stopped(run.runId(), view.node(), stopped.at());
    }
    PodFate.Failed bad = (PodFate.Failed) fate;
    return new Observation.Failed(
        run.runId(), view.node(), bad.at(), evidence.of(view, bad, events(view)));
  }

  /** An end without its events is better than none. */
  private List<Event> events(PodView view) {
    try {
      return api.events(view.pod(), settings.pressure().events());
    } catch (KubernetesClientException e) {
      log.atWarn()
          .setMessage("events of a failed pod can't be read")
          .addKeyValue("pod", view.pod().getMetadata().getName())
          .addKeyValue("problem", e.toString())
          .log();
      return List.of();
    }
  }

  private void act(TrackedPod run, PodView view, Instant now) {
    if (run.told != Told.END) {
      EndCause before = PodMarks.endCause(view.pod()).orElse(null);
      StopCause stop = run.stop;
      if (stop != null) {
        end(run, view, stop == StopCause.COMMAND ? EndCause.COMMAND : EndCause.LEASE_LOST, "");
      } else if (before != null && !view.deleted()) {
        end(run, view, before, ""); // written before a restart, and not followed by the deletion
      }
      return;
    }
    if (!run.reported && !run.unwanted) {
      return;
    }
    boolean old =
        view.lastFinished()
            .or(view::created)
            .map(at -> Duration.between(at, now).compareTo(settings.keepFailed()) > 0)
            .orElse(true);
    if (!view.terminal() || ((run.unwanted || old) && !view.deleted())) {
      attempt(run, () -> api.delete(view.pod(), 0)); // whatever its node still says
    }
    if (PodMarks.kept(view.pod())) {
      attempt(run, () -> api.release(view.pod()));
    }
  }

  /** Says why on the pod, then has it deleted. */
  private void end(TrackedPod run, PodView view, EndCause cause, String message) {
    if (run.askedToEnd == cause) {
      return;
    }
    long own = grace(view.pod());
    long grace =
        cause == EndCause.LEASE_LOST ? Math.min(own, settings.leaseGrace().toSeconds()) : own;
    attempt(
        run,
        () -> {
          // the first cause stands, also one that the watch has not told of yet
          Pod newest = run.latest() == null ? view.pod() : run.latest();
          if (PodMarks.endCause(newest).isEmpty()) {
            Map<String, String> why =
                Map.of(
                    PodMarks.END_CAUSE,
                    cause.name(),
                    PodMarks.END_MESSAGE,
                    settings.messages().head(message));
            run.update(api.annotate(view.pod(), why));
          }
          api.delete(view.pod(), grace);
          run.askedToEnd = cause;
        });
  }

  private static long grace(Pod pod) {
    Long own = pod.getSpec() == null ? null : pod.getSpec().getTerminationGracePeriodSeconds();
    return own == null ? DEFAULT_GRACE : own;
  }

  private void attempt(TrackedPod run, Runnable request) {
    try {
      request.run();
    } catch (KubernetesClientException e) {
      if (e.getCode() == NOT_FOUND) {
        return; // the watch will say so
      }
      run.notBefore = System.nanoTime() + settings.pressure().firstBackoff().toNanos();
      log.atWarn()
          .setMessage("request is tried again later")
          .addKeyValue("runId", run.runId())
          .addKeyValue("problem", e.toString())
          .log();
    }
  }
}
