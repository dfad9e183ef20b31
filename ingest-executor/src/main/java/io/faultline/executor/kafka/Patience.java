package io.faultline.executor.kafka;

import java.time.Duration;

/**
 * How long to leave requests alone after some did not fit and went back to the end of the topic:
 * longer each time nothing fitted, until there is more room.
 */
final class Patience {

  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private Duration pause = Duration.ZERO;
  private long until = System.nanoTime();

  /** After a batch. */
  void after(int putBack, int claimed) {
    if (putBack == 0) {
      pause = Duration.ZERO;
      return;
    }
    boolean first = pause.isZero() || claimed > 0;
    pause = first ? FIRST : pause.multipliedBy(2);
    pause = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    until = System.nanoTime() + pause.toNanos();
  }

  /** What did not fit may fit now. */
  void roomGrew() {
    pause = Duration.ZERO;
    until = System.nanoTime();
  }

  boolean over() {
    return until - System.nanoTime() <= 0;
  }

  /** How long to wait for news: as long as asked, or until this is over. */
  Duration wait(Duration longest) {
    Duration left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
    return left.isZero() || left.compareTo(longest) > 0 ? longest : left;
  }
}
