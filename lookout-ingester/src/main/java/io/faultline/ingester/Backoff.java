package io.faultline.ingester;

import java.time.Duration;

/** Growing pauses between tries: from 50 ms, doubled up to 2 s, begun anew after a success. */
final class Backoff {

  private static final long FIRST_MILLIS = 50;
  private static final long LAST_MILLIS = 2_000;

  private long next = FIRST_MILLIS;

  Duration next() {
    long pause = next;
    next = Math.min(LAST_MILLIS, next * 2);
    return Duration.ofMillis(pause);
  }

  void reset() {
    next = FIRST_MILLIS;
  }
}
