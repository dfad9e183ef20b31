package io.faultline.eventtest;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a test expects of the events of each of its jobs.
 *
 * @param timeout how long all of it may take
 * @param expected in this order, at least one; other events may come between
 * @param forbidden none of them may come before the last expected one has
 * @param strict no other event may come between the expected ones, nor before the first
 * @param gangs what is expected of the gangs that the jobs belong to; null for nothing
 */
public record EventTest(
    Duration timeout,
    List<ExpectedEvent> expected,
    List<ExpectedEvent> forbidden,
    boolean strict,
    @Nullable ExpectedGangs gangs) {

  /** How long a test may take that does not say it. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException where they are such as no file may have
   */
  public EventTest {
    expected = List.copyOf(expected);
    forbidden = List.copyOf(forbidden);
    if (expected.isEmpty()) {
      throw new IllegalArgumentException("at least one event is expected");
    }
    if (expected.get(0).within() != null) {
      throw new IllegalArgumentException(
          expected.get(0)
              + ": the first event has none before it that \"within\" could count from");
    }
    for (ExpectedEvent event : forbidden) {
      if (event.within() != null || event.count() != null) {
        throw new IllegalArgumentException(
            event + ": a forbidden event has neither \"within\" nor a count");
      }
    }
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("a test takes more time than " + timeout);
    }
  }

  /** Whether it asks for more of decisions than the events themselves carry. */
  public boolean asksForDecisions() {
    return Stream.concat(expected.stream(), forbidden.stream())
        .map(ExpectedEvent::failure)
        .anyMatch(failure -> failure != null && failure.asksForDecision());
  }
}
