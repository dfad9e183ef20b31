package io.faultline.domain.set;

import java.util.Optional;
import java.util.UUID;

/**
 * A job's place in a set, as far as its id tells: whether there is such a set is another matter.
 *
 * @param setId the set that it would be of
 * @param index which of its jobs it would be, from 0
 */
public record SetJobId(String setId, int index) {

  /** Of a job; empty where its id can't be that of a set's job. */
  public static Optional<SetJobId> of(String jobId) {
    String setId = SetIds.setOf(jobId);
    if (setId == null) {
      return Optional.empty();
    }
    long first = UUID.fromString(setId).getLeastSignificantBits();
    int index = (int) (UUID.fromString(jobId).getLeastSignificantBits() - first) - 1;
    return index < 0 || index >= SetIds.MOST_JOBS
        ? Optional.empty()
        : Optional.of(new SetJobId(setId, index));
  }
}
