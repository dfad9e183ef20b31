package io.faultline.domain.set;

/** What is done with a set. All but {@link #RUNNING} go through its jobs one by one. */
public enum Phase {
  /** Its jobs are made. */
  SUBMITTING,
  /** They run, or wait to be claimed; failures are gathered and decided. */
  RUNNING,
  /** Those that run are told to stop; then it waits until all have ended. */
  STOPPING,
  /** Each job gets its next run; then it waits until it is time for them. */
  STARTING,
  /** It has failed: those that run are told to stop, and each has its terminal event. */
  FAILING,
  /** The same, as someone cancelled it. */
  CANCELLING,
  /** All have succeeded, and are told so. */
  SUCCEEDING;

  /** Whether nothing changes any more how it ends. */
  public boolean ends() {
    return this == FAILING || this == CANCELLING || this == SUCCEEDING;
  }
}
