package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.faultline.executor.cluster.Observation;
import io.faultline.executor.kubernetes.KubernetesSettings.Pressure;
import io.faultline.executor.kubernetes.TrackedPod.Told;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what pods have come to, each thing once, in the order in which it came about. */
record PodTeller(
    PodApi api, PodEvidence evidence, Pressure pressure, Consumer<Observation> observer) {

  private static final Logger log = LoggerFactory.getLogger(PodTeller.class);

  void tell(TrackedPod run, PodView view, PodFate fate, Instant now) {
    String node = view.node();
    if (run.told == Told.NOTHING) {
      run.told = Told.PENDING;
      observer.accept(new Observation.Pending(run.runId(), node, view.created().orElse(now)));
    }
    // a run may have begun and ended between two looks
    view.firstStarted()
        .or(() -> fate instanceof PodFate.Running r ? Optional.of(r.at()) : Optional.empty())
        .filter(at -> run.told == Told.PENDING)
        .ifPresent(
            at -> {
              run.told = Told.RUNNING;
              observer.accept(new Observation.Running(run.runId(), node, at));
            });
    if (fate.isEnd()) {
      end(run, view, fate)
          .ifPresent(
              end -> {
                run.told = Told.END;
                run.ended = true;
                observer.accept(end);
              });
    }
  }

  /** Empty where it is not all known yet. */
  private Optional<Observation> end(TrackedPod run, PodView view, PodFate fate) {
    if (fate instanceof PodFate.Succeeded fine) {
      return Optional.of(new Observation.Succeeded(run.runId(), view.node(), fine.at()));
    }
    if (fate instanceof PodFate.Stopped stopped) {
      return Optional.of(new Observation.Stopped(run.runId(), view.node(), stopped.at()));
    }
    PodFate.Failed bad = (PodFate.Failed) fate;
    return events(run, view)
        .map(
            events ->
                new Observation.Failed(
                    run.runId(), view.node(), bad.at(), evidence.of(view, bad, events)));
  }

  /**
   * The pod's events; empty where they are asked for again. An end without them is better than
   * none.
   */
  private Optional<List<Event>> events(TrackedPod run, PodView view) {
    if (pressure.events() == 0) {
      return Optional.of(List.of());
    }
    if (api.waits(run)) {
      return Optional.empty();
    }
    try {
      return Optional.of(api.events(view.pod(), pressure.events()));
    } catch (KubernetesClientException e) {
      if (PodApi.passes(e) && run.triedInVain() <= pressure.retries()) {
        run.notBefore(api.pause());
        return Optional.empty();
      }
      log.atWarn()
          .setMessage("events of a failed pod can't be read")
          .addKeyValue("pod", view.pod().getMetadata().getName())
          .addKeyValue("problem", e.toString())
          .log();
      return Optional.of(List.of());
    }
  }
}
