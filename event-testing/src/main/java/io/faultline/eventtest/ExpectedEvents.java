package io.faultline.eventtest;

/**
 * Expected events in code, to be imported statically: {@code failed().withCategories("oom")}. They
 * say what test files can say, and mean the same.
 */
public final class ExpectedEvents {

  private ExpectedEvents() {}

  /** The job was taken on. */
  public static ExpectedEvent submitted() {
    return event(EventKind.SUBMITTED);
  }

  /** An executor has taken a run of it. */
  public static ExpectedEvent leased() {
    return event(EventKind.LEASED);
  }

  /** Only in streams of others: an executor gave it back. Faultline says that a run failed. */
  public static ExpectedEvent leaseReturned() {
    return event(EventKind.LEASE_RETURNED);
  }

  /** Only in streams of others: its executor was lost. Faultline says that a run failed. */
  public static ExpectedEvent leaseExpired() {
    return event(EventKind.LEASE_EXPIRED);
  }

  /** Its pod, or its processes, are being made. */
  public static ExpectedEvent pending() {
    return event(EventKind.PENDING);
  }

  /** It runs. */
  public static ExpectedEvent running() {
    return event(EventKind.RUNNING);
  }

  /** It ended well. */
  public static ExpectedEvent succeeded() {
    return event(EventKind.SUCCEEDED);
  }

  /**
   * It failed for good; with {@link ExpectedEvent#retryable} a run of it did, and the job goes on.
   */
  public static ExpectedEvent failed() {
    return event(EventKind.FAILED);
  }

  /** Someone cancelled it. */
  public static ExpectedEvent cancelled() {
    return event(EventKind.CANCELLED);
  }

  /** It had to make room for another. */
  public static ExpectedEvent preempted() {
    return event(EventKind.PREEMPTED);
  }

  /** It will be tried again. */
  public static ExpectedEvent retryScheduled() {
    return event(EventKind.RETRY_SCHEDULED);
  }

  /** Any other, such as those that only streams of others have. */
  public static ExpectedEvent event(EventKind kind) {
    return new ExpectedEvent(
        kind, kind == EventKind.FAILED ? ExpectedFailure.TERMINAL : null, null, null);
  }
}
