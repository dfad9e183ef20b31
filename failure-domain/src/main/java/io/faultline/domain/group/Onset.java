package io.faultline.domain.group;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that has to be kept of a set's failures to know how long more are gathered: whether any of
 * them is a cause, as {@link Election} tells it, without asking them all again at each arrival.
 *
 * @param knownAt when the first became known
 * @param failedAt when the earliest happened, by the members' clocks
 * @param bySignalAt when the earliest happened that a signal ended without being told to stop; null
 *     where there is none
 * @param itselfAt when the earliest happened that ended by itself, without being told to stop; null
 *     where there is none
 */
public record Onset(
    Instant knownAt, Instant failedAt, @Nullable Instant bySignalAt, @Nullable Instant itselfAt) {

  /** Of one failure. */
  public static Onset of(FailedMember failed) {
    boolean own = !failed.toldToStop();
    return new Onset(
        failed.knownAt(),
        failed.failedAt(),
        own && failed.bySignal() ? failed.failedAt() : null,
        failed.byItself() ? failed.failedAt() : null);
  }

  /** Of several; at least one. */
  public static Onset of(List<FailedMember> failed) {
    return failed.stream().map(Onset::of).reduce(Onset::and).orElseThrow();
  }

  /** Of both; in which order makes no difference. */
  public Onset and(Onset other) {
    return new Onset(
        earlier(knownAt, other.knownAt),
        earlier(failedAt, other.failedAt),
        earlierKnown(bySignalAt, other.bySignalAt),
        earlierKnown(itselfAt, other.itselfAt));
  }

  /** Whether a cause is among them: who a signal ended is one where nobody failed before. */
  public boolean causeKnown() {
    return itselfAt != null || failedAt.equals(bySignalAt);
  }

  /**
   * Whether another had failed before a signal ended someone; clocks are coarse, so who failed by
   * itself in the same instant is taken to have been the first.
   */
  boolean before(Instant signalAt) {
    return signalAt.isAfter(failedAt) || failedAt.equals(itselfAt);
  }

  private static @Nullable Instant earlierKnown(@Nullable Instant a, @Nullable Instant b) {
    return a == null || b == null ? (a == null ? b : a) : earlier(a, b);
  }

  private static Instant earlier(Instant a, Instant b) {
    return b.isBefore(a) ? b : a;
  }
}
