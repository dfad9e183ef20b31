package io.faultline.executor.kafka;

import io.faultline.app.Recent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is. A set that needs much room would never find it while single runs take each bit
 * that is freed. So one that has waited for a while gets a turn, in which nothing else is claimed;
 * in vain it gets a longer one later. Turns are bounded, and so is their part of the time, as what
 * holds the room may hold it for days.
 */
final class Turns {

  /** How long a set waits for its first turn, and how long that is. */
  static final Duration FIRST = Duration.ofSeconds(10);

  /** How much longer than a turn in vain the time until the next one is. */
  static final int REST = 3;

  /** Sets that wait are remembered, the ones that were seen last. */
  private static final int MOST = 1000;

  /** A set that has been seen and did not fit. */
  private record Wait(Instant turnAt, Duration turn) {}

  private final Duration longest;
  private final Map<String, Wait> waits = new Recent<>(MOST);

  private @Nullable String whose;
  private Instant until = Instant.MIN;

  /**
   * Nobody waits yet.
   *
   * @param longest turn; zero for none at all
   */
  Turns(Duration longest) {
    this.longest = longest;
  }

  /** Whether it is someone else's turn, so that this one is not claimed though there is room. */
  boolean bar(String request, Instant now) {
    return whose != null && !whose.equals(request) && now.isBefore(until);
  }

  /** A set did not fit, though it could: whether it is its turn, so that it stays here. */
  boolean has(String request, Instant now) {
    Wait wait = waits.computeIfAbsent(request, any -> new Wait(now.plus(FIRST), shorter(FIRST)));
    if (request.equals(whose)) {
      if (now.isBefore(until)) {
        return true;
      }
      whose = null;
      waits.put(
          request,
          new Wait(now.plus(wait.turn().multipliedBy(REST)), shorter(wait.turn().multipliedBy(2))));
      return false;
    }
    if (bar(request, now) || wait.turn().isZero() || now.isBefore(wait.turnAt())) {
      return false;
    }
    whose = request;
    until = now.plus(wait.turn());
    return true;
  }

  /** It waits no more: it was claimed, or never will be. */
  void over(String request) {
    waits.remove(request);
    if (request.equals(whose)) {
      whose = null;
    }
  }

  private Duration shorter(Duration turn) {
    return turn.compareTo(longest) > 0 ? longest : turn;
  }
}
