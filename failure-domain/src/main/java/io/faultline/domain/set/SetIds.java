package io.faultline.domain.set;

import java.util.UUID;

/**
 * The ids of a set and of its jobs, each of which follows from the others: a set's id is a UUID of
 * version 7 of which the last 24 bits are 0; its jobs have the same id but for these bits, which
 * are 1 for the first. So a set's jobs are next to each other wherever ids are sorted.
 */
public final class SetIds {

  /** How many jobs a set can have at most. */
  public static final int MOST_JOBS = 100_000;

  private static final long BITS = 0xff_ffffL;

  private SetIds() {}

  /** The id of a set, from any UUID of version 7. */
  public static String set(UUID any) {
    return with(any, 0);
  }

  /**
   * The id of a job of a set.
   *
   * @param index from 0
   */
  public static String job(String setId, int index) {
    if (index < 0 || index >= MOST_JOBS) {
      throw new IllegalArgumentException("no such job of a set: " + index);
    }
    return with(UUID.fromString(setId), index + 1);
  }

  /** The last id that a job of a set can have. */
  public static String last(String setId) {
    return with(UUID.fromString(setId), BITS);
  }

  private static String with(UUID id, long last) {
    return new UUID(id.getMostSignificantBits(), (id.getLeastSignificantBits() & ~BITS) | last)
        .toString();
  }
}
