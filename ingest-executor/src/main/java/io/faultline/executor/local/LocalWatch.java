package io.faultline.executor.local;

import io.faultline.executor.cluster.Observation;
import io.faultline.executor.local.MemoryWatch.Watched;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that looks at all runs: their states, their memory, their logs, and old folders.
 */
final class LocalWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LocalWatch.class);

  /** Between two looks while anything runs. */
  private static final long LOOK_MILLIS = 40;

  private static final long IDLE_MILLIS = 1000;
  private static final long LOGS_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long OLD_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How long the folder of a run that did not fail is kept. */
  private static final Duration KEEP_FINE = Duration.ofMinutes(1);

  private final LocalSettings settings;
  private final Map<String, TrackedRun> runs;
  private final Consumer<String> delete;
  private final RunEnd end;
  private final MemoryWatch memory = new MemoryWatch();
  private final LogBound logs;
  private final Object changed = new Object();
  private final Thread thread = new Thread(this::run, "local-cluster");
  private Consumer<Observation> observer = seen -> {};
  private boolean news;
  private boolean closed;
  private long logsAt;
  private long oldAt;

  LocalWatch(LocalSettings settings, Map<String, TrackedRun> runs, Consumer<String> delete) {
    this.settings = settings;
    this.runs = runs;
    this.delete = delete;
    this.end = new RunEnd(settings.node(), new LastWords(settings.messages()));
    this.logs = new LogBound(settings.logBytes());
  }

  void start(Consumer<Observation> who) {
    observer = who;
    thread.setDaemon(true);
    thread.start();
  }

  void wake() {
    synchronized (changed) {
      news = true;
      changed.notifyAll();
    }
  }

  private void run() {
    while (pause()) {
      try {
        look();
      } catch (RuntimeException e) {
        log.atError().setMessage("looking at the runs failed").setCause(e).log();
      }
    }
  }

  private boolean pause() {
    boolean busy = runs.values().stream().anyMatch(run -> !run.ended());
    long until =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(busy ? LOOK_MILLIS : IDLE_MILLIS);
    synchronized (changed) {
      try {
        while (!closed && !news && System.nanoTime() < until) {
          long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
          changed.wait(Math.max(1, left));
        }
      } catch (InterruptedException e) {
        return false;
      }
      news = false;
      return !closed;
    }
  }

  private void look() {
    List<Watched> limited = new ArrayList<>();
    List<TrackedRun> active = runs.values().stream().filter(run -> !run.ended()).toList();
    for (TrackedRun run : active) {
      List<RunRecord.KeptContainer> containers = run.run().containers();
      for (int i = 0; i < containers.size(); i++) {
        if (containers.get(i).memoryLimit() > 0
            && !run.folder().containerEnded(i)
            && run.folder().mainProcess(i).isPresent()) {
          limited.add(new Watched(run.folder(), i, containers.get(i)));
        }
      }
    }
    memory.look(limited);
    runs.values().forEach(run -> run.look(end, observer));
    long now = System.nanoTime();
    if (now - logsAt > LOGS_NANOS) {
      logsAt = now;
      for (TrackedRun run : active) {
        for (int i = 0; i < run.run().containers().size(); i++) {
          logs.keep(run.folder().container(i));
        }
      }
    }
    if (now - oldAt > OLD_NANOS) {
      oldAt = now;
      deleteOld();
    }
  }

  private void deleteOld() {
    List<TrackedRun> failed = new ArrayList<>();
    Instant now = Instant.now();
    for (TrackedRun run : runs.values()) {
      if (!run.ended() || !run.folder().reported()) {
        continue;
      }
      Duration age = Duration.between(run.folder().at("reported"), now);
      Duration keep =
          run.fine() && KEEP_FINE.compareTo(settings.keepFailed()) < 0
              ? KEEP_FINE
              : settings.keepFailed();
      if (age.compareTo(keep) >= 0) {
        delete.accept(run.run().runId());
      } else if (!run.fine()) {
        failed.add(run);
      }
    }
    failed.sort(
        Comparator.comparing((TrackedRun run) -> run.folder().at("reported"))
            .thenComparing(run -> run.folder().at("end")));
    for (int i = 0; i < failed.size() - settings.keepFailedRuns(); i++) {
      delete.accept(failed.get(i).run().runId());
    }
  }

  @Override
  public void close() {
    synchronized (changed) {
      closed = true;
      changed.notifyAll();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
