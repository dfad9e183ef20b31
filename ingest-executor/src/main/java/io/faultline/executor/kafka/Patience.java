package io.faultline.executor.kafka;

import java.time.Duration;

/**
 * How long to leave requests alone after some did not fit and went back to the end of the topic:
 * longer each time nothing fitted, until there is more room. And how long to do without any room
 * before others get the requests.
 */
final class Patience {

  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /**
   * Where all that went back is for others, more room changes nothing, and waiting costs claims.
   */
  private static final Duration LONGEST_FOR_OTHERS = Duration.ofMillis(500);

  /** Others take over its share only after this, as taking it back takes a while too. */
  private static final Duration FULL = Duration.ofSeconds(10);

  private Duration pause = Duration.ZERO;
  private long until = System.nanoTime();
  private long room = System.nanoTime();

  /** After a batch. */
  void after(ClaimBatch batch) {
    after(
        batch.putBackCount() + batch.awaitedCount(),
        batch.claimed().size(),
        batch.forOthersCount());
  }

  /**
   * After a batch.
   *
   * @param unfit how many requests did not fit
   * @param claimed how many runs did
   * @param forOthers how many requests went back since only others can take them
   */
  void after(int unfit, int claimed, int forOthers) {
    if (unfit == 0 && (forOthers == 0 || claimed > 0)) {
      pause = Duration.ZERO;
      return;
    }
    boolean first = pause.isZero() || claimed > 0;
    pause = first ? FIRST : pause.multipliedBy(2);
    Duration longest = unfit > 0 ? LONGEST : LONGEST_FOR_OTHERS;
    pause = pause.compareTo(longest) > 0 ? longest : pause;
    until = System.nanoTime() + pause.toNanos();
  }

  /** What did not fit may fit now. */
  void roomGrew() {
    pause = Duration.ZERO;
    until = System.nanoTime();
  }

  /**
   * Whether there has been no room for any run for so long that others should have the requests.
   *
   * @param roomNow whether there is some now
   */
  boolean fullForLong(boolean roomNow) {
    long now = System.nanoTime();
    room = roomNow ? now : room;
    return now - room > FULL.toNanos();
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
