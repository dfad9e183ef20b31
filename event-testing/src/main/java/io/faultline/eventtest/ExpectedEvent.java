package io.faultline.eventtest;

import io.faultline.domain.pattern.BadPatternException;
import io.faultline.domain.pattern.Re2Pattern;
import io.faultline.rules.table.Difference;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that a test awaits, or forbids; {@link ExpectedEvents} makes them in code.
 *
 * @param kind what happens
 * @param failure what a failed one must say; null for all others
 * @param within the longest time since the expected event before it; null where it may take any
 * @param count how often exactly it must come before the next expected one; null where once will
 *     do, and more of it may come between
 */
public record ExpectedEvent(
    EventKind kind,
    @Nullable ExpectedFailure failure,
    @Nullable Duration within,
    @Nullable Integer count) {

  /** The most that an event can be counted. */
  static final int MOST_TIMES = 1_000_000;

  /** Refuses what no file can say. */
  public ExpectedEvent {
    if ((kind == EventKind.FAILED) != (failure != null)) {
      throw new IllegalArgumentException("a failed event, and no other, says how it failed");
    }
    if (count != null && (count < 1 || count > MOST_TIMES)) {
      throw new IllegalArgumentException(
          kind.word() + ": a count is from 1 to " + MOST_TIMES + ", not " + count);
    }
    if (within != null && (within.isZero() || within.isNegative())) {
      throw new IllegalArgumentException(
          kind.word() + ": within takes more time than none, not " + within);
    }
  }

  /**
   * With these categories and no others, in any order; without any it must have none.
   *
   * @throws IllegalArgumentException where this is no failed event, or one of them is empty
   */
  public ExpectedEvent withCategories(String... categories) {
    for (String each : categories) {
      named("category", each);
    }
    return with(failure("categories").withCategories(List.of(categories)));
  }

  /**
   * With this category of the first rule that matched.
   *
   * @throws IllegalArgumentException where this is no failed event, or it is empty
   */
  public ExpectedEvent withCategory(String category) {
    return with(failure("category").withCategory(named("category", category)));
  }

  /**
   * With this subcategory of that rule.
   *
   * @throws IllegalArgumentException where this is no failed event, or it is empty
   */
  public ExpectedEvent withSubcategory(String subcategory) {
    return with(failure("subcategory").withSubcategory(named("subcategory", subcategory)));
  }

  /**
   * With a match of this pattern somewhere in its reason or message.
   *
   * @param pattern in RE2's syntax
   * @throws IllegalArgumentException where this is no failed event, or that is no pattern
   */
  public ExpectedEvent withReason(String pattern) {
    try {
      Re2Pattern compiled = Re2Pattern.compile(named("reason", pattern));
      return with(failure("reason").withReason(compiled));
    } catch (BadPatternException e) {
      throw new IllegalArgumentException("reason: \"" + pattern + "\" is " + e.getMessage(), e);
    }
  }

  /**
   * After which the job goes on. A failed event without this is the job's end.
   *
   * @throws IllegalArgumentException where this is no failed event
   */
  public ExpectedEvent retryable() {
    return with(failure("retryable").asRetryable());
  }

  /**
   * Decided by this retry policy.
   *
   * @throws IllegalArgumentException where this is no failed event, or it is empty
   */
  public ExpectedEvent withPolicy(String policy) {
    return withDecision(ExpectedDecision.POLICY, policy);
  }

  /**
   * With this field of its decision; only recorded streams have more of it than the policy.
   *
   * @param field as {@code faultline decide} prints it: {@code rule}, {@code decision}, {@code
   *     reason}, {@code retriesUsed}, {@code retryLimit}, {@code globalMaxRetries}, {@code
   *     mutations}; or {@code policy}
   * @param value a text; a number from 0, for the counts and for the index of a rule; a map, for
   *     mutations; null for no rule
   * @throws IllegalArgumentException where this is no failed event, or they do not fit
   */
  public ExpectedEvent withDecision(String field, @Nullable Object value) {
    return with(failure("decision").withDecision(field, value));
  }

  /**
   * Within this time of the expected event before it, by the times that the events carry.
   *
   * @throws IllegalArgumentException where it is none
   */
  public ExpectedEvent within(Duration time) {
    return new ExpectedEvent(kind, failure, time, count);
  }

  /**
   * Just so often before the next expected event.
   *
   * @param count from 1 to 1,000,000
   */
  public ExpectedEvent times(int count) {
    return new ExpectedEvent(kind, failure, within, count);
  }

  private ExpectedEvent with(ExpectedFailure other) {
    return new ExpectedEvent(kind, other, within, count);
  }

  private ExpectedFailure failure(String what) {
    if (failure == null) {
      throw new IllegalArgumentException(
          kind.word() + " has no " + what + "; only failed events have");
    }
    return failure;
  }

  /** In a file an empty text stands for any; code leaves out what may be any. */
  private static String named(String what, String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          what + ": a text is expected, not \"\"; leave it out where any will do");
    }
    return text;
  }

  /** How often it is awaited. */
  int times() {
    return count == null ? 1 : count;
  }

  /** Whether an event is this one in all that it says. */
  boolean is(ObservedEvent event) {
    return event.kind() == kind && differences(event).isEmpty();
  }

  /** What an event of this kind says that it should not. */
  List<Difference> differences(ObservedEvent event) {
    return failure == null ? List.of() : failure.differences(event.failure());
  }

  @Override
  public String toString() {
    return kind.word() + (count == null ? "" : " (" + count + " times)");
  }
}
