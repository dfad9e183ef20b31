package io.faultline.executor.kubernetes;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much may be asked of the API server. An answer that says that it is busy or broken, or none
 * at all, begins a pause in which nothing is asked; each one after a pause makes the next twice as
 * long, with jitter, so that executors do not come back all at once. All requests share the pause.
 *
 * <p>That pods can be made again is only believed once one was made: until then there is room for
 * one at a time.
 */
final class Backoff {

  private static final Logger log = LoggerFactory.getLogger(Backoff.class);

  /** The longest pause that a server may ask for. */
  private static final Duration LONGEST_ASKED = Duration.ofMinutes(10);

  private static final int MOST_DOUBLINGS = 30;

  private final long first;
  private final long longest;
  private final LongSupplier nanos;
  private final DoubleSupplier random;
  private int level;
  private boolean makesFail;
  private long since;
  private long counted;
  private long until;

  /**
   * All is well at first.
   *
   * @param first the first pause
   * @param longest the longest of its own; a server may ask for more
   * @param nanos a clock as {@link System#nanoTime}
   * @param random numbers from 0 to 1
   */
  Backoff(Duration first, Duration longest, LongSupplier nanos, DoubleSupplier random) {
    this.first = first.toNanos();
    this.longest = Math.max(longest.toNanos(), this.first);
    this.nanos = nanos;
    this.random = random;
    this.counted = nanos.getAsLong();
    this.until = counted;
  }

  /** The clock that {@code began} is read from. */
  long now() {
    return nanos.getAsLong();
  }

  /**
   * A request was not served. Those that were under way together count as one.
   *
   * @param began when it began
   * @param makes whether it was to make a pod
   */
  synchronized void pressed(long began, boolean makes, String problem) {
    long now = nanos.getAsLong();
    makesFail |= makes;
    if (level > 0 && began - counted < 0) {
      return;
    }
    counted = now;
    if (level == 0) {
      since = now;
    }
    long pause = Math.min(longest, first << Math.min(level, MOST_DOUBLINGS));
    pause = pause <= 0 ? longest : pause;
    level = Math.min(level + 1, MOST_DOUBLINGS);
    later(now + pause / 2 + (long) (pause / 2.0 * random.getAsDouble()));
    log.atWarn()
        .setMessage("the API server is busy or away, nothing is asked of it for a while")
        .addKeyValue("pauseMillis", TimeUnit.NANOSECONDS.toMillis(until - now))
        .addKeyValue("problem", problem)
        .log();
  }

  /** The server says itself how long to stay away. */
  synchronized void asked(Duration pause) {
    Duration bounded = pause.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : pause;
    later(nanos.getAsLong() + bounded.toNanos());
  }

  private void later(long than) {
    until = than - until > 0 ? than : until;
  }

  /** A request was served; what it was told does not matter. */
  synchronized void served(long began, boolean makes) {
    if (level == 0 || began - counted < 0 || (makesFail && !makes)) {
      return;
    }
    level = 0;
    makesFail = false;
    log.atInfo()
        .setMessage("the API server serves requests again")
        .addKeyValue("afterMillis", TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - since))
        .log();
  }

  /** What is left of the pause; zero where there is none. */
  synchronized Duration left() {
    long left = until - nanos.getAsLong();
    return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
  }

  /** How many pods more may be made now, of this many. */
  synchronized long allows(long runs) {
    if (until - nanos.getAsLong() > 0) {
      return 0;
    }
    return level == 0 ? runs : Math.min(runs, 1);
  }
}
