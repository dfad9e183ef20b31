package io.faultline.domain.group;

import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.domain.retry.Mutations;
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

  /**
   * The same as if it were about one job.
   *
   * @param policy that decided; null for none
   * @param before the counters before it
   * @param said its message
   * @param checked how it came about
   */
  public Decision asOfOneJob(
      @Nullable FailurePolicy policy, GroupCounters before, String said, List<TraceStep> checked) {
    return new Decision(
        outcome == GroupOutcome.RESTART_ALL || outcome == GroupOutcome.RESTART_ONE,
        reasonOfOneJob(),
        said,
        "",
        ruleIndex,
        ruleName,
        (int) Math.min(Integer.MAX_VALUE, before.countedInAll()),
        policy == null ? 0 : policy.maxRestarts(),
        0,
        counts,
        null,
        Mutations.NONE,
        checked);
  }

  private DecisionReason reasonOfOneJob() {
    return switch (outcome) {
      case RESTART_ALL, RESTART_ONE -> DecisionReason.RETRY;
      case FAIL_ONE -> DecisionReason.FAIL_RULE;
      case FAILED ->
          switch (reason) {
            case GroupReasons.REACHED_MAX_RESTARTS -> DecisionReason.FAIL_POLICY_LIMIT;
            case GroupReasons.FAILED_JOBS -> DecisionReason.NO_POLICY;
            default -> DecisionReason.FAIL_RULE;
          };
    };
  }

  /** Copies the lists. */
  public GroupDecision {
    collateral = List.copyOf(collateral);
    trace = List.copyOf(trace);
  }
}
