package io.faultline.domain.group;

import org.jspecify.annotations.Nullable;

/** Carries out the action that a rule, or the default, asks for. */
record Verdict(
    Election election,
    GroupCounters counters,
    GroupTrace trace,
    GroupAction action,
    @Nullable Integer ruleIndex,
    String ruleName) {

  // JobSet's own words: whoever looks for them in its events finds them here too
  static final String NO_POLICY = "jobset failed due to one or more job failures";
  private static final String NONE_LEFT = "jobset failed due to reaching max number of restarts";

  GroupDecision carryOut(FailurePolicy policy, FailedMember blamed) {
    if (action == GroupAction.FAIL_JOB_SET) {
      return fail(blamed, GroupReasons.FAIL_JOB_SET, applying());
    }
    if (action.counts()) {
      trace.limit(counters, policy.maxRestarts());
      if (counters.countedInAll() >= policy.maxRestarts()) {
        return fail(blamed, GroupReasons.REACHED_MAX_RESTARTS, NONE_LEFT);
      }
    }
    String reason = ruleIndex == null ? GroupReasons.DEFAULT : GroupReasons.ofRule(ruleName);
    return decision(action.outcome(), blamed, reason, applying(), after(blamed.member()));
  }

  GroupDecision fail(FailedMember blamed, String reason, String message) {
    return decision(GroupOutcome.FAILED, blamed, reason, message, counters);
  }

  private String applying() {
    return "applying " + action.word() + " failure policy action";
  }

  private GroupCounters after(GroupMember blamed) {
    return switch (action.outcome()) {
      case RESTART_ALL -> counters.afterRestart(action.counts());
      case RESTART_ONE -> counters.afterRestartOf(blamed, action.counts());
      case FAILED, FAIL_ONE -> counters;
    };
  }

  private GroupDecision decision(
      GroupOutcome outcome,
      FailedMember blamed,
      String reason,
      String message,
      GroupCounters after) {
    return new GroupDecision(
        outcome,
        action,
        reason,
        message + " (first failed job: " + blamed.name() + ")",
        ruleIndex,
        ruleName,
        blamed,
        Election.others(election.collateral(), blamed),
        outcome != GroupOutcome.FAILED && action.counts(),
        after,
        trace.steps());
  }
}
