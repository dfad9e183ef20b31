package io.faultline.domain.set;

import io.faultline.domain.group.EndedBy;
import io.faultline.domain.group.FailedMember;
import io.faultline.domain.group.Fence;
import io.faultline.domain.group.GroupMember;
import io.faultline.domain.group.JobFailure;
import java.time.Instant;

/**
 * Why a member failed, kept until its set is decided.
 *
 * @param job the job whose end failed it, from 0 in the set
 * @param failure what rules ask about
 * @param failedAt by the clock of where it ran
 * @param knownAt by the clock of whoever decides
 * @param endedBy what ended it
 */
public record MemberFailure(
    int job, JobFailure failure, Instant failedAt, Instant knownAt, EndedBy endedBy) {

  /** As the engine wants it. What was told to stop is not gathered at all. */
  FailedMember of(GroupMember member, Fence fence) {
    return new FailedMember(member, fence, failure, failedAt, knownAt, endedBy, false);
  }
}
