package io.faultline.domain.job;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * One attempt of a job.
 *
 * @param runId identifies the run everywhere; a UUID where we gave it
 * @param index 0 for the first attempt
 */
public record RunIdentity(String runId, int index) {

  /** The run id that follows from job and index, so that a repeated decision names the same run. */
  public static RunIdentity of(String jobId, int index) {
    byte[] name = (jobId + '/' + index).getBytes(StandardCharsets.UTF_8);
    return new RunIdentity(UUID.nameUUIDFromBytes(name).toString(), index);
  }
}
