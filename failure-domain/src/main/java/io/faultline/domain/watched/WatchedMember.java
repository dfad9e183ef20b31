package io.faultline.domain.watched;

import io.faultline.domain.group.Fence;
import io.faultline.domain.group.GroupMember;
import io.faultline.domain.group.JobFailureReason;
import io.faultline.domain.job.JobIdentity;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A Job of others that failed.
 *
 * @param job who it is: its UID, and the record key that it shares with its pods and its set
 * @param member its place in its set
 * @param fence which start of the set, and of the Job alone, it was
 * @param reason why it failed, in Kubernetes' word; may be empty
 * @param message the same in words; may be empty
 * @param startedAt when it began; null where that is not known
 * @param failedAt when its controller found that it had failed
 * @param toldToStop whether its deletion had been asked for before
 * @param failedPods how many of its pods must have failed for this to happen, as far as that is
 *     known; 0 where none need have
 */
public record WatchedMember(
    JobIdentity job,
    GroupMember member,
    Fence fence,
    String reason,
    String message,
    @Nullable Instant startedAt,
    Instant failedAt,
    boolean toldToStop,
    int failedPods) {

  /** The reason as rules ask for it; null where it is none of those that they know. */
  @Nullable JobFailureReason knownReason() {
    return Arrays.stream(JobFailureReason.values())
        .filter(each -> each.word().equals(reason))
        .findFirst()
        .orElse(null);
  }
}
