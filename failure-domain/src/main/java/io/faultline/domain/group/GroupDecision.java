package io.faultline.domain.group;

import io.faultline.domain.retry.TraceStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is decided about a set of which members failed.
 *
 * @param outcome what is done
 * @param action what the rule or the default asked for, which a limit may have forbidden
 * @param reason one of {@link GroupReasons}
 * @param message why, for people
 * @param ruleIndex the rule that matched, from 0; null where none did
 * @param ruleName its name; empty where none matched
 * @param blamed the member to blame
 * @param collateral the members that the cause dragged down, as far as that is known
 * @param counts whether a restart is granted that counts toward {@code maxRestarts}
 * @param counters after the decision
 * @param trace how it came about, in order
 */
public record GroupDecision(
    GroupOutcome outcome,
    GroupAction action,
    String reason,
    String message,
    @Nullable Integer ruleIndex,
    String ruleName,
    FailedMember blamed,
    List<FailedMember> collateral,
    boolean counts,
    GroupCounters counters,
    List<TraceStep> trace) {

  /** Copies the lists. */
  public GroupDecision {
    collateral = List.copyOf(collateral);
    trace = List.copyOf(trace);
  }
}
