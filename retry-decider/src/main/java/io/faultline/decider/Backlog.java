package io.faultline.decider;

import java.time.Duration;
import java.time.Instant;

/**
 * How far what is read is behind what was written. Failures of a set are gathered for a while, and
 * those that happened within it but are still to be read must not miss the decision.
 */
final class Backlog {

  /** Records of that age are not the newest: others wait behind them. */
  private static final Duration BEHIND = Duration.ofSeconds(1);

  /** Who has taken nothing for so long has read all that there is. */
  private static final Duration QUIET = Duration.ofMillis(250);

  private Instant newest = Instant.EPOCH;
  private Instant takenAt = Instant.EPOCH;

  /** A record was taken. */
  void took(Instant written, Instant now) {
    newest = written;
    takenAt = now;
  }

  /** Whether records that were written before a time may still be to come. */
  boolean mayHold(Instant before, Instant now) {
    return newest.isBefore(before)
        && newest.isBefore(takenAt.minus(BEHIND))
        && now.isBefore(takenAt.plus(QUIET));
  }
}
