package io.faultline.domain.set;

import io.faultline.domain.workload.JobProgress;
import org.jspecify.annotations.Nullable;

/**
 * A member of a set as it is now, in its current start.
 *
 * @param status what it does
 * @param alive runs of it that are held and have not ended
 * @param succeeded jobs of it that have succeeded
 * @param progress its pods that failed, and when it began; null before it did
 * @param failure why it failed; null where it has not
 * @param restarts how often it was started again alone, whatever became of its set
 */
public record SetMember(
    Status status,
    int alive,
    int succeeded,
    @Nullable JobProgress progress,
    @Nullable MemberFailure failure,
    int restarts) {

  /** What a member does. */
  public enum Status {
    RUNS,
    /** It has failed, and what follows is not decided yet. */
    FAILED,
    /** It starts again alone once all its runs have ended. */
    STOPPING,
    /** All its jobs have succeeded. */
    DONE,
    /** It has failed for good, alone. */
    GAVE_UP
  }

  /** One that begins for the first time. */
  public static final SetMember FRESH = new SetMember(Status.RUNS, 0, 0, null, null, 0);

  /** As it begins once more. */
  SetMember fresh() {
    return new SetMember(Status.RUNS, 0, 0, null, null, restarts);
  }

  SetMember startingAlone() {
    return new SetMember(Status.STOPPING, alive, succeeded, progress, failure, restarts + 1);
  }

  SetMember with(Status changed) {
    return new SetMember(changed, alive, succeeded, progress, failure, restarts);
  }

  SetMember withAlive(int changed) {
    return new SetMember(status, changed, succeeded, progress, failure, restarts);
  }

  SetMember withSucceeded(int changed) {
    return new SetMember(status, alive, changed, progress, failure, restarts);
  }

  SetMember with(JobProgress changed) {
    return new SetMember(status, alive, succeeded, changed, failure, restarts);
  }

  SetMember failed(MemberFailure why) {
    return new SetMember(Status.FAILED, alive, succeeded, progress, why, restarts);
  }
}
