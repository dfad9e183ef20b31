package io.faultline.domain.job;

/**
 * What the decider remembers of a job. Small, because there is one for each job that ever was: an
 * ended job shrinks to {@link EndedJob}, which fences late reports for ever.
 */
public sealed interface JobState permits ActiveJob, EndedJob {

  /** The sequence of the job's next event. */
  long nextSequence();
}
