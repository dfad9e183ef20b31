package io.faultline.executor.kubernetes;

import io.faultline.executor.cluster.Room;
import java.util.Collection;

/**
 * How many runs more may be claimed: what can't be made soon, or not be watched, had better be
 * claimed by another executor, or later.
 *
 * @param settings what all runs together may take
 * @param backoff how the API server bears up
 */
record Headroom(KubernetesSettings settings, Backoff backoff) {

  /** So many runs may wait to be made, however few are made in a second. */
  private static final int FEWEST_AHEAD = 10;

  /** What these runs leave of what all together may take. */
  Room left(Collection<TrackedPod> runs) {
    Room room = settings.capacity();
    for (TrackedPod run : runs) {
      if (!run.ended) {
        room = room.minus(run.needs());
      }
    }
    return room;
  }

  /** What there is room for beside these runs. */
  Room beside(Collection<TrackedPod> runs, boolean watched) {
    Room room = left(runs);
    long waiting = 0;
    boolean inVain = false;
    for (TrackedPod run : runs) {
      if (!run.ended) {
        waiting += run.wanted() == null ? 0 : 1;
        inVain |= run.waitsInVain();
      }
    }
    long ahead = Math.max(FEWEST_AHEAD, settings.pressure().queriesPerSecond()) - waiting;
    long allowed =
        inVain || !watched ? 0 : backoff.allows(Math.min(room.runs(), Math.max(0, ahead)));
    return new Room(allowed, room.milliCpu(), room.memoryBytes());
  }
}
