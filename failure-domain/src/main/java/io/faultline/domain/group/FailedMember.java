package io.faultline.domain.group;

import java.time.Instant;

/**
 * A member that failed.
 *
 * @param fence which of its starts failed
 * @param failure what rules ask about
 * @param failedAt by the clock of where it ran, which may be off
 * @param knownAt when whoever decides came to know of it, by their own clock
 * @param endedBy what ended it
 * @param toldToStop whether it was told to stop before it ended
 */
public record FailedMember(
    GroupMember member,
    Fence fence,
    JobFailure failure,
    Instant failedAt,
    Instant knownAt,
    EndedBy endedBy,
    boolean toldToStop) {

  /** The member's own name. */
  public String name() {
    return member.name();
  }

  /** Whether nobody else is known to be behind its end. */
  boolean byItself() {
    return !toldToStop && endedBy == EndedBy.ITSELF;
  }

  /** Whether it failed by a signal, which another's failure may have brought about. */
  boolean bySignal() {
    return endedBy == EndedBy.SIGTERM || endedBy == EndedBy.SIGKILL;
  }
}
