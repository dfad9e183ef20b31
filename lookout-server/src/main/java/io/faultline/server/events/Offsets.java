package io.faultline.server.events;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The next offset of each partition of one topic, from partition 0 on without a gap. Changes in
 * place, and never backwards; not safe for use by several threads.
 */
public final class Offsets {

  private final long[] next;

  /**
   * @param next by partition
   */
  public Offsets(long... next) {
    this.next = next.clone();
  }

  /** One of its own with the same offsets. */
  public Offsets copy() {
    return new Offsets(next);
  }

  /** How many partitions there are. */
  public int partitions() {
    return next.length;
  }

  /** The next offset of a partition. */
  public long at(int partition) {
    return next[partition];
  }

  /** Moves a partition on to an offset, unless it is there or further. */
  public void raise(int partition, long offset) {
    next[partition] = Math.max(next[partition], offset);
  }

  /** Moves each partition on to another's offset, unless it is there or further. */
  public void raise(Offsets others) {
    for (int p = 0; p < next.length; p++) {
      raise(p, others.next[p]);
    }
  }

  /** Whether no partition stands before another's. */
  public boolean reaches(Offsets others) {
    for (int p = 0; p < next.length; p++) {
      if (next[p] < others.next[p]) {
        return false;
      }
    }
    return true;
  }

  /** As those who come again bring it. */
  public Position position() {
    Map<Integer, Long> position = new HashMap<>();
    for (int p = 0; p < next.length; p++) {
      position.put(p, next[p]);
    }
    return new Position(position);
  }

  /** As {@link Position#toString}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(next.length * 12);
    for (int p = 0; p < next.length; p++) {
      text.append(p == 0 ? "" : ",").append(p).append(':').append(next[p]);
    }
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Offsets offsets && Arrays.equals(next, offsets.next);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(next);
  }
}
