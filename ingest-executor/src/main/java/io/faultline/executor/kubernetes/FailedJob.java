package io.faultline.executor.kubernetes;

import io.faultline.domain.watched.WatchedFailure;
import io.faultline.domain.watched.WatchedSet;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Job of others that failed.
 *
 * @param setKey namespace and name of its JobSet; empty where it stands alone
 * @param setUid that one's UID, where the Job says so
 * @param failure what is told of it; null once it was told
 * @param complete whether its set was seen
 * @param seenAt when it was seen first
 * @param gone whether it is not there any more
 */
record FailedJob(
    Optional<String> setKey,
    Optional<String> setUid,
    @Nullable WatchedFailure failure,
    boolean complete,
    Instant seenAt,
    boolean gone) {

  /** One that was told: nothing more need be known. */
  static final FailedJob TOLD =
      new FailedJob(Optional.empty(), Optional.empty(), null, true, Instant.EPOCH, false);

  boolean wasTold() {
    return failure == null;
  }

  FailedJob asGone() {
    return new FailedJob(setKey, setUid, failure, complete, seenAt, true);
  }

  /** With its set, which was seen now. */
  FailedJob in(WatchedSet set) {
    WatchedFailure whole =
        failure == null
            ? null
            : new WatchedFailure(
                set, failure.member(), failure.executor(), failure.cluster(), failure.namespace());
    return new FailedJob(setKey, setUid, whole, true, seenAt, gone);
  }
}
