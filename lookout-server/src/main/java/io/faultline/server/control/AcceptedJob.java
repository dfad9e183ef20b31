package io.faultline.server.control;

import io.faultline.domain.job.JobSpec;
import io.faultline.domain.job.SpecRef;
import org.jspecify.annotations.Nullable;

/**
 * A job that was accepted.
 *
 * @param spec what was submitted
 * @param failFast whether its first failure ends it
 * @param specRef where its spec stands on the topic; null until Kafka acknowledged it
 */
public record AcceptedJob(JobSpec spec, boolean failFast, @Nullable SpecRef specRef) {

  /** The same job, with its spec on the topic. */
  public AcceptedJob at(SpecRef ref) {
    return new AcceptedJob(spec, failFast, ref);
  }
}
