package io.faultline.benchmarks.pipeline;

import io.faultline.domain.job.JobEvent;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * First failures at a steady rate, whether or not earlier ones have come back. Each is timed from
 * when it was due, so that a stall is seen by all that it delays.
 */
final class SteadyRate extends Jobs {

  private final int rate;
  private final int warmUp;
  private final long[] dueNanos;
  private final double[] millis;

  /**
   * @param rate failures a second
   * @param warmUp how many are not timed
   */
  SteadyRate(Traffic traffic, int jobs, int rate, int warmUp) {
    super(traffic, jobs);
    this.rate = rate;
    this.warmUp = warmUp;
    dueNanos = new long[jobs];
    millis = new double[jobs];
    Arrays.fill(millis, Double.NaN);
  }

  /** Fails all jobs; from when each timed failure was due to when its JobFailed was read, in ms. */
  double[] run() throws InterruptedException {
    submit();
    long begin = System.nanoTime();
    for (int i = 0; i < jobs; i++) {
      dueNanos[i] = begin + i * 1_000_000_000L / rate;
    }
    Thread sender = new Thread(this::sendWhenDue, "failures");
    sender.start();
    awaitEnd();
    sender.join();
    return Arrays.copyOfRange(millis, warmUp, jobs);
  }

  private void sendWhenDue() {
    for (int i = 0; i < jobs; i++) {
      for (long wait; (wait = dueNanos[i] - System.nanoTime()) > 0; ) {
        LockSupport.parkNanos(wait);
      }
      fail(i);
    }
  }

  @Override
  void failed(int number, JobEvent event) {
    if (dueNanos[number] == 0 || System.nanoTime() < dueNanos[number]) {
      throw new IllegalStateException("a job failed before its time: " + event);
    }
    if (event.run().index() == 0) {
      millis[number] = (System.nanoTime() - dueNanos[number]) / 1e6;
    }
  }
}
