package io.faultline.server.control;

import io.faultline.domain.set.SetIds;
import java.util.Optional;
import java.util.UUID;

/**
 * A job's place in a set, as far as its id tells: whether there is such a set is another matter.
 *
 * @param setId the set that it would be of
 * @param index which of its jobs it would be, from 0
 */
public record SetMember(String setId, int index) {

  private static final int LENGTH = 36;

  /** Of a job; empty where its id can't be that of a set's job. */
  public static Optional<SetMember> of(String jobId) {
    if (jobId.length() != LENGTH) {
      return Optional.empty();
    }
    try {
      UUID id = UUID.fromString(jobId);
      String setId = SetIds.set(id);
      long first = UUID.fromString(setId).getLeastSignificantBits();
      int index = (int) (id.getLeastSignificantBits() - first) - 1;
      return index < 0 || index >= SetIds.MOST_JOBS || !id.toString().equals(jobId)
          ? Optional.empty()
          : Optional.of(new SetMember(setId, index));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
