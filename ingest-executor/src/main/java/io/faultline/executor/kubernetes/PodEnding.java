package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.faultline.executor.cluster.StopCause;
import io.faultline.executor.kubernetes.TrackedPod.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends pods, and lets go of those that have ended; asks for it until it is done. */
record PodEnding(PodApi api, KubernetesSettings settings) {

  private static final Logger log = LoggerFactory.getLogger(PodEnding.class);
  private static final long DEFAULT_GRACE = 30;

  /** Does what is wanted of the pod now. */
  void act(TrackedPod run, PodView view, Instant now) {
    if (run.told != Told.END) {
      EndCause before = PodMarks.endCause(view.pod()).orElse(null);
      StopCause stop = run.stop;
      if (stop != null) {
        end(run, view, EndCause.of(stop), run.stopWhy);
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
      attempt(run, () -> run.update(api.release(view.pod())));
    }
  }

  /** Says why on the pod, then has it deleted. */
  void end(TrackedPod run, PodView view, EndCause cause, String message) {
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
    if (api.waits(run)) {
      return;
    }
    try {
      request.run();
    } catch (KubernetesClientException e) {
      if (e.getCode() == PodApi.NOT_FOUND) {
        return; // the watch will say so
      }
      run.notBefore(api.pause());
      log.atWarn()
          .setMessage("request is tried again later")
          .addKeyValue("runId", run.runId())
          .addKeyValue("problem", e.toString())
          .log();
    }
  }
}
