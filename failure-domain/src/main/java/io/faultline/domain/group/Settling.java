package io.faultline.domain.group;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * How long failures of a set are gathered before it is decided, so that the cause is among them and
 * not only what it dragged down. Both times run from when the first failure became known, by the
 * clock of whoever decides: a member's clock may be off.
 *
 * @param window how long failures are gathered in any case
 * @param limit how long while all that is known is collateral; at least the window
 */
public record Settling(Duration window, Duration limit) {

  /** Where nothing is set: 2 and 60 seconds. */
  public static final Settling DEFAULT =
      new Settling(Duration.ofSeconds(2), Duration.ofSeconds(60));

  /** Refuses a negative window, and a limit below it. */
  public Settling {
    if (window.isNegative() || limit.compareTo(window) < 0) {
      throw new IllegalArgumentException(
          "a limit of at least the window is expected: " + window + ", " + limit);
    }
  }

  /**
   * When the set must be decided by what is known so far; in the past where it is time already.
   * Each further failure may move it: a cause makes it earlier.
   */
  public Instant decideAt(Onset known) {
    return known.knownAt().plus(known.causeKnown() ? window : limit);
  }

  /**
   * When the set is decided that comes to know of these failures one by one.
   *
   * @param failed at least one failure, in any order
   */
  public Instant decidedAt(List<FailedMember> failed) {
    List<FailedMember> arrivals =
        failed.stream().sorted(Comparator.comparing(FailedMember::knownAt)).toList();
    Onset known = Onset.of(arrivals.get(0));
    Instant now = known.knownAt();
    for (FailedMember next : arrivals) {
      // what becomes known at the same instant is weighed together, whichever is listed first
      if (!next.knownAt().equals(now) && decideAt(known).isBefore(next.knownAt())) {
        break;
      }
      known = known.and(Onset.of(next));
      now = next.knownAt();
    }
    return later(decideAt(known), now);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isBefore(b) ? b : a;
  }
}
