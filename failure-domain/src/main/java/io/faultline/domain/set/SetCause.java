package io.faultline.domain.set;

import io.faultline.domain.evidence.EvidenceKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a set is made, ends or starts again: what each of its jobs is told.
 *
 * @param job which job's end brought it about, from 0; -1 where it was none
 * @param kind what kind of end that was; null where it was none
 * @param reason one word, for the jobs' events
 * @param message for people; names the member to blame
 * @param policy the retry policy that decided; empty where none did
 * @param preempted whether that job was preempted and so ended the set
 * @param at when the set starts again at the earliest; of a submit or a cancel when it was asked
 * @param requestedBy who asked for it; empty where nobody did
 */
public record SetCause(
    int job,
    @Nullable EvidenceKind kind,
    String reason,
    String message,
    String policy,
    boolean preempted,
    Instant at,
    String requestedBy) {

  /** Someone asked for it. */
  static SetCause asked(String requestedBy, String message, Instant at) {
    return new SetCause(-1, null, "", message, "", false, at, requestedBy);
  }

  /** With another time to start. */
  SetCause startingAt(Instant time) {
    return new SetCause(job, kind, reason, message, policy, preempted, time, requestedBy);
  }
}
