package io.faultline.executor.cluster;

/** Why the executor ends a run. */
public enum StopCause {
  /** A command says so; the end is no failure. */
  COMMAND,
  /**
   * Nobody can be told that this executor lives, so someone else may start the run again soon: its
   * end is an expired lease, and must come sooner than the pod's own grace may allow.
   */
  LEASE_LOST,
  /** It makes room: its queue or its executor is drained. Its end is a preemption. */
  PREEMPTED
}
