package io.faultline.eventtest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that came.
 *
 * @param jobId whose it is
 * @param gangId the gang of the job; null where it stands alone or that was not recorded
 * @param runIndex which attempt, from 0; null where the event is about no run
 * @param kind what happened
 * @param at when it happened; null where that was not recorded
 * @param failure what a failed one says; null for all others
 */
public record ObservedEvent(
    String jobId,
    @Nullable String gangId,
    @Nullable Integer runIndex,
    EventKind kind,
    @Nullable Instant at,
    @Nullable Failure failure) {

  /** Refuses a failed one that says nothing of its failure. */
  public ObservedEvent {
    if ((kind == EventKind.FAILED) != (failure != null)) {
      throw new IllegalArgumentException("a failed event, and no other, has a failure");
    }
  }

  /** Whether the job is over with it: it succeeded, was cancelled, or failed for good. */
  public boolean terminal() {
    return switch (kind) {
      case SUCCEEDED, CANCELLED -> true;
      case FAILED -> !failure.retryable();
      default -> false;
    };
  }

  /** What happened, for people: {@code failed for good}, {@code failed, retryable}. */
  String says() {
    return kind != EventKind.FAILED
        ? kind.word()
        : failure.retryable() ? "failed, retryable" : "failed for good";
  }
}
