package io.faultline.executor.kubernetes;

import java.util.concurrent.TimeUnit;

/** Spreads requests evenly over time, with a second's worth at once after a pause. */
final class Pace {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final long interval;
  private long next = System.nanoTime() - SECOND;

  Pace(int perSecond) {
    this.interval = SECOND / perSecond;
  }

  /** Waits for this request's turn. */
  void await() throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(take());
  }

  private synchronized long take() {
    long now = System.nanoTime();
    next = Math.max(next + interval, now - SECOND);
    return next - now;
  }
}
