package io.faultline.domain.job;

import org.jspecify.annotations.Nullable;

/**
 * Who a job is; carried by every message about it.
 *
 * @param jobId a ULID or UUID of version 7 where we gave it, else as others gave it
 * @param queue the queue it was submitted to
 * @param jobSet the job set it belongs to
 * @param gangId the gang it belongs to; null when it stands alone
 */
public record JobIdentity(String jobId, String queue, String jobSet, @Nullable String gangId) {

  /** The record key: all that belongs together stays in order. The gang id, else the job id. */
  public String recordKey() {
    return gangId != null ? gangId : jobId;
  }
}
