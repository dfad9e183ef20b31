package io.faultline.domain.job;

/** What an executor reports of a run that did not fail. */
public enum RunState {
  /** Claimed by an executor. */
  LEASED,
  /** Its pod or process is being made. */
  PENDING,
  /** Its containers run. */
  RUNNING,
  /** All its containers ended with exit code 0. */
  SUCCEEDED,
  /** It was ended because a command said so; this is not a failure. */
  STOPPED,
  /** It was not claimed, since its queue is cordoned; nothing of it was made. */
  DEFERRED
}
