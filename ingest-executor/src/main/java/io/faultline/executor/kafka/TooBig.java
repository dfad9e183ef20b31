package io.faultline.executor.kafka;

import io.faultline.executor.cluster.Room;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets that this executor could never hold, however little runs there. They go round until one
 * comes that can, which may be never: so somebody is told.
 */
final class TooBig {

  private static final Logger log = LoggerFactory.getLogger(TooBig.class);

  /** What goes round comes by again well within this. */
  private static final Duration GONE = Duration.ofMinutes(1);

  private static final Duration SAID_AGAIN = Duration.ofMinutes(10);

  /** A set that was seen. */
  private record Seen(Instant said, Instant last) {}

  private final Clock clock;
  private final Map<String, Seen> sets = new ConcurrentHashMap<>();

  TooBig(Clock clock) {
    this.clock = clock;
  }

  /** A request of a set came by. */
  void seen(String setId, Room needs, Room capacity) {
    Instant now = clock.instant();
    Seen before = sets.get(setId);
    if (before != null && now.isBefore(before.said().plus(SAID_AGAIN))) {
      sets.put(setId, new Seen(before.said(), now));
      return;
    }
    sets.put(setId, new Seen(now, now));
    log.atWarn()
        .setMessage("set is left to others, as it is larger than this executor")
        .addKeyValue("setId", setId)
        .addKeyValue("runs", needs.runs())
        .addKeyValue("mostRuns", capacity.runs())
        .addKeyValue("milliCpu", needs.milliCpu())
        .addKeyValue("mostMilliCpu", capacity.milliCpu())
        .addKeyValue("memoryBytes", needs.memoryBytes())
        .addKeyValue("mostMemoryBytes", capacity.memoryBytes())
        .log();
  }

  /** How many still go round. */
  int count() {
    Instant gone = clock.instant().minus(GONE);
    sets.values().removeIf(seen -> seen.last().isBefore(gone));
    return sets.size();
  }
}
