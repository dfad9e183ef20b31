package io.faultline.domain.set;

import io.faultline.domain.job.JobIdentity;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a set and of its jobs, each of which follows from the others: a set's id is a UUID of
 * version 7 of which the last 24 bits are 0; its jobs have the same id but for these bits, which
 * are 1 for the first. So a set's jobs are next to each other wherever ids are sorted.
 */
public final class SetIds {

  /** How many jobs a set can have at most. */
  public static final int MOST_JOBS = 100_000;

  private static final long BITS = 0xff_ffffL;
  private static final int LENGTH = 36;

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

  /**
   * Who a job of a set is.
   *
   * @param set who its jobs are, with the set's own id as job id
   * @param index from 0
   */
  public static JobIdentity job(JobIdentity set, int index) {
    return new JobIdentity(job(set.jobId(), index), set.queue(), set.jobSet(), set.gangId());
  }

  /**
   * The set that an id would be of, be it the set's own or a job's; null where it can be that of
   * neither. Whether there is such a set is another matter.
   */
  public static @Nullable String setOf(String id) {
    if (id.length() != LENGTH) {
      return null;
    }
    try {
      UUID parsed = UUID.fromString(id);
      return parsed.toString().equals(id) ? set(parsed) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
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
