package io.faultline.junit;

import io.faultline.cli.testing.VerdictText;
import io.faultline.eventtest.EventTest;
import io.faultline.eventtest.ExpectedEvent;
import io.faultline.eventtest.ExpectedGangs;
import io.faultline.eventtest.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.annotation.CheckReturnValue;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on the events of jobs. All that narrows them is said first; {@link #emits} judges, and
 * is the last word.
 *
 * @param <SELF> the type of the assertion
 * @param <ACTUAL> where the events come from
 */
public abstract class AbstractEventsAssert<SELF extends AbstractEventsAssert<SELF, ACTUAL>, ACTUAL>
    extends AbstractAssert<SELF, ACTUAL> {

  private final List<ExpectedEvent> forbidden = new ArrayList<>();
  private boolean strict;
  private @Nullable Integer gangSize;
  private boolean sameEnd;
  private boolean together;

  AbstractEventsAssert(ACTUAL actual, Class<?> self) {
    super(actual, self);
  }

  /**
   * None of these may come to a job before the last event that is expected of it has.
   *
   * @param events without {@code within} and {@code times}
   */
  @CheckReturnValue
  public SELF never(ExpectedEvent... events) {
    forbidden.addAll(Arrays.asList(events));
    return myself;
  }

  /** No other event may come between the expected ones, nor before the first. */
  @CheckReturnValue
  public SELF strictly() {
    strict = true;
    return myself;
  }

  /**
   * All jobs are in gangs of this size.
   *
   * @param size from 1
   */
  @CheckReturnValue
  public SELF inGangsOf(int size) {
    gangSize = size;
    return myself;
  }

  /** All jobs are in gangs, and those of one gang all succeed, all fail, or all are cancelled. */
  @CheckReturnValue
  public SELF inGangsThatEndAlike() {
    sameEnd = true;
    return myself;
  }

  /**
   * All jobs are in gangs, and none begins a further run while another of its gang still has an
   * earlier one.
   */
  @CheckReturnValue
  public SELF inGangsThatRunTogether() {
    together = true;
    return myself;
  }

  /**
   * Each job has these events in this order; others may come between. The verdict falls at the last
   * event that is needed, or at the first that is wrong: one of the awaited kind that says
   * something else, or the job's end while more is awaited.
   *
   * @param expected at least one
   * @throws AssertionError where it does not, with what was expected beside what came
   * @throws IllegalArgumentException where no such test can be
   */
  public void emits(ExpectedEvent... expected) {
    isNotNull();
    boolean gangs = gangSize != null || sameEnd || together;
    long begin = System.nanoTime();
    Verdict verdict =
        judge(
            new EventTest(
                timeout(),
                List.of(expected),
                forbidden,
                strict,
                gangs ? new ExpectedGangs(gangSize, sameEnd, together) : null));
    if (verdict.result() != Verdict.Result.PASS) {
      double seconds = (System.nanoTime() - begin) / 1e9;
      failWithMessage("%s", VerdictText.of(name(), seconds, verdict).stripTrailing());
    }
  }

  /** How long it may take. */
  abstract Duration timeout();

  /** What messages call it. */
  abstract String name();

  /** The verdict on the events. */
  abstract Verdict judge(EventTest test);
}
