package io.faultline.decider.lease;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Which executors are silent, as one task sees it. All times are milliseconds of one clock: the
 * machine's that the task runs on.
 *
 * <p>A task may call an executor silent only when it knows that it would have heard it: when it has
 * itself been live and caught up for a whole timeout. Proof of that are its instance's own pulses,
 * which come back to it over the very partition that the heartbeats are on. A pulse that is late,
 * or that stays away, and the count begins again; after a restart it begins at the first pulse.
 */
public final class ExecutorWatch {

  private static final long NEVER = Long.MIN_VALUE;

  private final long timeout;
  private final long tolerance;
  private final Map<String, Long> lastHeard = new HashMap<>();
  private long caughtUpSince = NEVER;
  private long lastPulse = NEVER;

  /**
   * @param timeout how long an executor may be silent
   */
  public ExecutorWatch(Duration timeout) {
    this.timeout = timeout.toMillis();
    this.tolerance = this.timeout / 3;
  }

  /** How often an instance must send its pulse, for its tasks to notice that they are caught up. */
  public static Duration pulseEvery(Duration timeout) {
    return timeout.dividedBy(12);
  }

  /**
   * A pulse of this task's own instance came back.
   *
   * @param sentAt when it was sent
   */
  public void pulse(long sentAt, long now) {
    if (now - sentAt > tolerance) {
      caughtUpSince = NEVER;
      return;
    }
    if (caughtUpSince == NEVER || now - lastPulse > tolerance) {
      caughtUpSince = now;
    }
    lastPulse = now;
  }

  /** An executor was heard. */
  public void heartbeat(String executor, long now) {
    lastHeard.put(executor, now);
  }

  /** Whether this task has been live and caught up for a whole timeout. */
  public boolean sure(long now) {
    return caughtUpSince != NEVER && now - lastPulse <= tolerance && now - caughtUpSince >= timeout;
  }

  /** Whether an executor is surely silent for longer than the timeout. */
  public boolean silent(String executor, long now) {
    Long heard = lastHeard.get(executor);
    return sure(now) && (heard == null || now - heard >= timeout);
  }
}
