package io.faultline.executor.kubernetes;

import io.faultline.app.Worker;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that look at pods: at each one when there is news of it, and at all of them every now
 * and then, since patience ends without any news.
 */
final class Looks implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Looks.class);
  private static final int THREADS = 8;
  private static final long TICK_MILLIS = 500;

  private final Map<String, TrackedPod> runs;
  private final ExecutorService workers =
      Executors.newFixedThreadPool(THREADS, Worker.threads("kubernetes-look"));
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(Worker.threads("kubernetes-tick"));
  private volatile @Nullable Consumer<TrackedPod> keeper;

  Looks(Map<String, TrackedPod> runs) {
    this.runs = runs;
  }

  void begin(Consumer<TrackedPod> who) {
    keeper = who;
    var unused = ticks.scheduleWithFixedDelay(this::all, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void all() {
    runs.values().stream().filter(TrackedPod::due).forEach(this::soon);
  }

  /** Has a pod looked at; news while it is being looked at has it looked at once more. */
  void soon(TrackedPod run) {
    if (keeper == null || !run.queued.compareAndSet(false, true)) {
      return;
    }
    try {
      workers.execute(() -> look(run));
    } catch (RejectedExecutionException e) {
      run.queued.set(false); // closed
    }
  }

  private void look(TrackedPod run) {
    Consumer<TrackedPod> who = keeper;
    synchronized (run.queued) {
      run.queued.set(false);
      try {
        if (who != null) {
          who.accept(run);
        }
      } catch (RuntimeException e) {
        log.atError()
            .setMessage("looking at a pod failed")
            .addKeyValue("runId", run.runId())
            .setCause(e)
            .log();
      }
    }
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    workers.shutdownNow();
    try {
      if (!workers.awaitTermination(10, TimeUnit.SECONDS)) {
        log.atWarn().setMessage("a request to the API server goes on while closing").log();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
