package io.faultline.executor.local;

import io.faultline.executor.cluster.Observation;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the cluster remembers of one run; all of it can be had again from the run's folder. */
final class TrackedRun {

  private static final Logger log = LoggerFactory.getLogger(TrackedRun.class);

  /** A supervisor that has not begun after this long never may. */
  private static final long BEGIN_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final long LIVENESS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long KILL_NANOS = TimeUnit.SECONDS.toNanos(30);

  private enum Told {
    NOTHING,
    PENDING,
    RUNNING,
    END
  }

  private final RunFolder folder;
  private final RunRecord run;
  private final long since = System.nanoTime();
  private long livenessAt = System.nanoTime();
  private long endSeen;
  private Told told = Told.NOTHING;
  private volatile boolean ended;
  private volatile boolean fine;

  TrackedRun(RunFolder folder, RunRecord run) {
    this.folder = folder;
    this.run = run;
    this.ended = folder.end().isPresent();
  }

  RunFolder folder() {
    return folder;
  }

  RunRecord run() {
    return run;
  }

  /** Whether nothing of it runs any more. */
  boolean ended() {
    return ended;
  }

  /** Whether it ended, and not badly. */
  boolean fine() {
    return fine;
  }

  /** Tells what has changed since the last look; called by one thread. */
  void look(RunEnd end, Consumer<Observation> observer) {
    if (told == Told.END) {
      return;
    }
    String cause = folder.end().orElse(null);
    if (cause == null && supervisorLost()) {
      cause = folder.end().orElse(RunEnd.LOST);
    }
    // a run may have begun and ended between two looks: all is told, in this order
    if (told == Told.NOTHING) {
      told = Told.PENDING;
      observer.accept(new Observation.Pending(run.runId(), "", folder.at(RunRecord.FILE)));
    }
    boolean ran = folder.running();
    if (told != Told.RUNNING && ran) {
      told = Told.RUNNING;
      observer.accept(new Observation.Running(run.runId(), end.node(), folder.at("running")));
    }
    if (cause != null) {
      tellEnd(cause, end, observer);
    }
  }

  /** Nothing of the run may live when its end is told, since another attempt may follow. */
  private void tellEnd(String cause, RunEnd end, Consumer<Observation> observer) {
    long now = System.nanoTime();
    endSeen = endSeen == 0 ? now : endSeen;
    if (!Leftovers.kill(folder, run)) {
      if (now - endSeen < KILL_NANOS) {
        return;
      }
      log.atError()
          .setMessage("processes of an ended run can't be killed")
          .addKeyValue("runId", run.runId())
          .log();
    }
    if (folder.end().isEmpty()) {
      try {
        folder.writeEnd(cause);
      } catch (IOException e) {
        log.atWarn().setMessage("end not written").addKeyValue("runId", run.runId()).log();
        return;
      }
    }
    run.containers().stream()
        .map(RunRecord.KeptContainer::cgroup)
        .filter(group -> !group.isEmpty())
        .forEach(ControlGroups::delete);
    Observation seen = end.of(folder, run, cause);
    fine = !(seen instanceof Observation.Failed);
    ended = true;
    told = Told.END;
    observer.accept(seen);
  }

  private boolean supervisorLost() {
    long now = System.nanoTime();
    if (now - livenessAt < LIVENESS_NANOS) {
      return false;
    }
    livenessAt = now;
    ProcessIdentity supervisor = folder.supervisor().orElse(null);
    if (supervisor != null) {
      return !supervisor.alive();
    }
    if (now - since < BEGIN_NANOS) {
      return false;
    }
    try {
      return folder.forbidSupervisor();
    } catch (IOException e) {
      return false;
    }
  }
}
