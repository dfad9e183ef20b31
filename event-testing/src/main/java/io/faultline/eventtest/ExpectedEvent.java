package io.faultline.eventtest;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that a test awaits, or forbids.
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

  /** Refuses what no file can say. */
  public ExpectedEvent {
    if ((kind == EventKind.FAILED) != (failure != null) || (count != null && count < 1)) {
      throw new IllegalArgumentException("failure " + failure + " of " + kind + ", count " + count);
    }
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
