package io.faultline.domain.job;

import io.faultline.domain.set.SetDefinition;
import java.time.Instant;

/** What someone asks to be done with a job. */
public sealed interface JobCommand {

  /** The job it is about. */
  JobIdentity job();

  /** When the server accepted it. */
  Instant at();

  /** Who asked. */
  String requestedBy();

  /**
   * A new job.
   *
   * @param spec where its spec stands
   * @param failFast whether the first failure ends it
   */
  record Submit(JobIdentity job, Instant at, String requestedBy, SpecRef spec, boolean failFast)
      implements JobCommand {}

  /**
   * A new set.
   *
   * @param job who its jobs are, with the set's own id as job id
   * @param definition what it is
   */
  record SubmitSet(JobIdentity job, Instant at, String requestedBy, SetDefinition definition)
      implements JobCommand {}

  /**
   * End the job, whatever it does now.
   *
   * @param reason free text; may be empty
   */
  record Cancel(JobIdentity job, Instant at, String requestedBy, String reason)
      implements JobCommand {}

  /** Start the run that waits for its time now. */
  record Retry(JobIdentity job, Instant at, String requestedBy) implements JobCommand {}
}
