package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.faultline.executor.kubernetes.TrackedPod.Told;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Looks at one pod: has it made, tells what it has come to, and has done what is still wanted of
 * it. What fails is done at a later look.
 */
record PodKeeper(
    PodCreation creation, PodTeller teller, PodEnding ending, FateReader fates, Clock clock) {

  /** The longest between two looks at a pod of which nothing is new, and nothing is wanted. */
  private static final long QUIET_MILLIS = 20_000;

  /** Looks once; by one thread at a time for each pod. */
  void look(TrackedPod run) {
    run.notBefore(Duration.ZERO);
    if (run.latest() == null) {
      creation.look(run);
    }
    Pod made = run.latest();
    if (made == null) {
      return;
    }
    creation.confirm(run, made);
    Pod pod = Objects.requireNonNullElse(run.latest(), made);
    PodView view = new PodView(pod);
    Instant now = clock.instant();
    if (run.told != Told.END) {
      PodFate fate = run.gone() ? fates.gone(view, now) : fates.read(view, now);
      if (fate instanceof PodFate.GivenUp up) {
        ending.end(run, view, up.cause(), up.message());
        fate = new PodFate.Pending(view.created().orElse(now));
      }
      teller.tell(run, view, fate, now);
      if (fate.isEnd() && run.told != Told.END) {
        return; // not all is known of it yet
      }
    }
    if (!run.gone()) {
      ending.act(run, view, now);
    }
    if (quiet(run, view)) {
      // not all thousands of them at once: whose end has just come would wait behind them
      long pause = ThreadLocalRandom.current().nextLong(QUIET_MILLIS / 2, QUIET_MILLIS);
      run.notBefore(Duration.ofMillis(pause));
    }
  }

  /** Whether only news can change anything: thousands of pods that run are not looked at for it. */
  private static boolean quiet(TrackedPod run, PodView view) {
    return switch (run.told) {
      case NOTHING, PENDING -> false;
      case RUNNING -> !view.deleted() && run.stop == null && !run.unwatched();
      case END -> !run.reported || !PodMarks.kept(view.pod());
    };
  }
}
