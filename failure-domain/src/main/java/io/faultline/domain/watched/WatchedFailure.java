package io.faultline.domain.watched;

/**
 * Tells that a Job of others has failed, with all that is needed to weigh it. A Job fails once: its
 * UID says whether this was told before.
 *
 * @param set whose Job it is
 * @param member the Job
 * @param executor who tells it
 * @param cluster where it ran
 * @param namespace the Job's
 */
public record WatchedFailure(
    WatchedSet set, WatchedMember member, String executor, String cluster, String namespace) {

  /** The same whenever it is told. */
  public String id() {
    return member.job().jobId();
  }
}
