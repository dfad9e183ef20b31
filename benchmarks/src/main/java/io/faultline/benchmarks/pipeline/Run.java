package io.faultline.benchmarks.pipeline;

import io.faultline.benchmarks.Workload;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.RunRequest;
import io.faultline.schemas.Topics;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Jobs that are submitted, claimed and fail. A second failure follows as soon as its run is asked
 * for; only first failures have a time at which they are due, and are timed from then on, so that a
 * stall is seen by all that it delays.
 */
final class Run implements Traffic.Listener {

  private final Traffic traffic;
  private final int jobs;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final long[] dueNanos;
  private final double[] millis;
  private int leased;
  private int over;
  private int timedFrom;

  Run(Traffic traffic, int jobs) {
    this.traffic = traffic;
    this.jobs = jobs;
    dueNanos = new long[jobs];
    millis = new double[jobs];
    Arrays.fill(millis, Double.NaN);
    for (int i = 0; i < jobs; i++) {
      numbers.put(Workload.jobId(i), i);
    }
  }

  /** Submits all jobs and claims their first runs. */
  void submit() {
    for (int i = 0; i < jobs; i++) {
      String id = Workload.jobId(i);
      traffic.send(Topics.JOB_COMMANDS, id, Workload.submit(id));
    }
    while (leased < jobs) {
      traffic.listen(this);
    }
  }

  /**
   * Fails all jobs at a steady rate, and returns when all are over.
   *
   * @param rate failures a second
   * @param warmUp how many are not timed
   */
  void fail(int rate, int warmUp) throws InterruptedException {
    timedFrom = warmUp;
    long begin = System.nanoTime();
    for (int i = 0; i < jobs; i++) {
      dueNanos[i] = begin + i * 1_000_000_000L / rate;
    }
    Thread sender = new Thread(this::sendWhenDue, "failures");
    sender.start();
    while (over < jobs) {
      traffic.listen(this);
    }
    sender.join();
  }

  /** From when each timed failure was due to when its JobFailed was read, in ms. */
  double[] latencies() {
    return Arrays.copyOfRange(millis, timedFrom, jobs);
  }

  private void sendWhenDue() {
    for (int i = 0; i < jobs; i++) {
      for (long wait; (wait = dueNanos[i] - System.nanoTime()) > 0; ) {
        LockSupport.parkNanos(wait);
      }
      traffic.send(Topics.JOB_ERRORS, Workload.jobId(i), Workload.error(i, 0));
    }
  }

  @Override
  public void requested(RunRequest request) {
    String id = request.job().jobId();
    traffic.send(Topics.RUN_REPORTS, id, Workload.leased(id, request.run().index()));
  }

  @Override
  public void happened(JobEvent event) {
    int number = numbers.get(event.job().jobId());
    if (event.detail() instanceof JobEvent.Leased) {
      if (event.run().index() == 0) {
        leased++;
      } else {
        traffic.send(
            Topics.JOB_ERRORS, event.job().jobId(), Workload.error(number, event.run().index()));
      }
    } else if (event.detail() instanceof JobEvent.Failed failed) {
      if (dueNanos[number] == 0 || System.nanoTime() < dueNanos[number]) {
        throw new IllegalStateException("a job failed before its time: " + event);
      }
      if (event.run().index() == 0) {
        millis[number] = (System.nanoTime() - dueNanos[number]) / 1e6;
      }
      if (!failed.retryable()) {
        over++;
      }
    }
  }
}
