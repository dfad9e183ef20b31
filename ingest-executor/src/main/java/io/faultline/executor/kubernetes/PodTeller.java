package io.faultline.executor.kubernetes;

import io.faultline.executor.cluster.Observation;
import io.faultline.executor.kubernetes.TrackedPod.Told;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells what pods have come to, each thing once, in the order in which it came about. */
record PodTeller(PodEvents events, PodEvidence evidence, Consumer<Observation> observer) {

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
              Instant began = new NodeClock(view).believe(at, now);
              observer.accept(new Observation.Running(run.runId(), node, began));
            });
    if (fate.isEnd()) {
      if (run.endSeen == null) {
        run.endSeen = now; // what is asked about an end may take its time
      }
      end(run, view, fate, run.endSeen)
          .ifPresent(
              end -> {
                run.told = Told.END;
                run.ended = true;
                observer.accept(end);
              });
    }
  }

  /** Empty where it is not all known yet. */
  private Optional<Observation> end(TrackedPod run, PodView view, PodFate fate, Instant seenAt) {
    NodeClock clock = new NodeClock(view);
    if (fate instanceof PodFate.Succeeded fine) {
      Instant at = clock.believe(fine.at(), seenAt);
      return Optional.of(new Observation.Succeeded(run.runId(), view.node(), at));
    }
    if (fate instanceof PodFate.Stopped stopped) {
      Instant at = clock.believe(stopped.at(), seenAt);
      return Optional.of(new Observation.Stopped(run.runId(), view.node(), at));
    }
    PodFate.Failed bad = (PodFate.Failed) fate;
    Instant at = clock.believe(bad.at(), seenAt);
    return events
        .of(run, view)
        .map(
            seen ->
                new Observation.Failed(run.runId(), view.node(), at, evidence.of(view, bad, seen)));
  }
}
