package io.faultline.domain.job;

import java.time.Instant;

/**
 * What the decider tells an executor.
 *
 * @param job whose run
 * @param run which one
 * @param executor who holds it; every executor reads all commands and follows its own
 * @param action what to do
 * @param reason for people; may be empty
 * @param at when it was said
 */
public record ExecutorCommand(
    JobIdentity job, RunIdentity run, String executor, Action action, String reason, Instant at) {

  /** What to do with the run. */
  public enum Action {
    /** End it: first gracefully, then not. Reported as {@link RunState#STOPPED}. */
    STOP,
    /** Delete what is left of its failed pod, to free its name. */
    DELETE_POD
  }
}
