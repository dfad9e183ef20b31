package io.faultline.domain.job;

import java.time.Instant;

/**
 * A job that had its terminal event. Nothing changes it.
 *
 * @param outcome how it ended
 * @param nextSequence the number of its events
 * @param at when its end was decided
 */
public record EndedJob(Outcome outcome, long nextSequence, Instant at) implements JobState {

  /** Which terminal event it had. */
  public enum Outcome {
    SUCCEEDED,
    FAILED,
    CANCELLED,
    PREEMPTED
  }
}
