package io.faultline.app;

import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * When a processor asks for a commit: soon after each record while it keeps up, because others see
 * what follows from a record after the commit; not at all while it is behind. A commit costs the
 * broker and its client some milliseconds of processor time, however little is in it, so whoever is
 * behind catches up by the longer commits of {@link StreamsSettings#commitIntervalBehind}.
 */
public final class CommitPace {

  /** Whoever takes a record of that age is behind. */
  private static final long BEHIND_MILLIS = 1_000;

  private static final long NONE = -1;

  /** A commit is of all tasks of a thread, so they ask together. */
  private static final ThreadLocal<long[]> LAST_ASKED = ThreadLocal.withInitial(() -> new long[1]);

  private final ProcessorContext<?, ?> context;
  private final long interval;
  private boolean behind;
  private long lastTaken = NONE;

  /**
   * Of one processor; call it when the processor begins.
   *
   * @param interval between two commits of a thread that keeps up
   */
  public CommitPace(ProcessorContext<?, ?> context, Duration interval) {
    this.context = context;
    this.interval = interval.toMillis();
    context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::askWhenDue);
  }

  /**
   * A record was worked off.
   *
   * @param timestamp the record's, in milliseconds
   */
  public void took(long timestamp) {
    lastTaken = context.currentSystemTimeMs();
    behind = lastTaken - timestamp > BEHIND_MILLIS;
    askWhenDue(lastTaken);
  }

  /** Something was done that no record brought about, but time. */
  public void acted() {
    lastTaken = context.currentSystemTimeMs();
    askWhenDue(lastTaken);
  }

  private void askWhenDue(long now) {
    long[] lastAsked = LAST_ASKED.get();
    if (!behind && lastTaken >= lastAsked[0] && now - lastAsked[0] >= interval) {
      lastAsked[0] = now;
      lastTaken = NONE;
      context.commit();
    }
  }
}
