package io.faultline.domain.watched;

import io.faultline.domain.group.GroupOutcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One generation of a set of others.
 *
 * @param set as the first of the failures that are gathered told it; null while none are
 * @param knownAt when the first of them became known; null while none are gathered
 * @param ended whether a decision was about the whole set: only what started later is weighed then
 * @param failedAt when the last that was weighed failed; null where none was
 * @param decidedAt when it was last decided; null where it was not
 */
public record WatchedRound(
    @Nullable WatchedSet set,
    @Nullable Instant knownAt,
    boolean ended,
    @Nullable Instant failedAt,
    @Nullable Instant decidedAt) {

  /** Nothing is known yet. */
  static final WatchedRound NEW = new WatchedRound(null, null, false, null, null);

  /** Whether a failure comes after the generation has ended: nothing is decided about it. */
  boolean late(WatchedMember failed) {
    Instant started = failed.startedAt();
    return ended
        && (failed.fence().attempt() == 0
            || started == null
            || failedAt == null
            || started.isBefore(failedAt));
  }

  /** It is gathered from now on, if it was not already. */
  WatchedRound with(WatchedSet told, Instant now) {
    return knownAt == null ? new WatchedRound(told, now, ended, failedAt, decidedAt) : this;
  }

  /** What was gathered was decided. */
  WatchedRound decided(List<GroupOutcome> outcomes, Instant lastFailedAt, Instant now) {
    boolean over = ended || outcomes.stream().anyMatch(GroupOutcome::endsGeneration);
    Instant last = failedAt != null && failedAt.isAfter(lastFailedAt) ? failedAt : lastFailedAt;
    return new WatchedRound(null, null, over, last, now);
  }
}
