package io.faultline.domain.group;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a set of which members failed. A pure function of its inputs.
 *
 * <p>Only causes are weighed where any is known ({@link Election}). Rules are asked in their order;
 * of the failed jobs that a rule applies to the one that failed first is its match, and the first
 * rule with a match decides. A rule that would start one job again passes over a job that can't be
 * (its index is not known, or there are too many replicas).
 */
public final class GroupEngine {

  /** Where no rule matches. */
  public static final GroupAction DEFAULT_ACTION = GroupAction.RESTART_JOB_SET;

  private GroupEngine() {}

  /**
   * Decides once.
   *
   * @param policy null for none: then the set fails
   * @param failed at least one; of those that failed at the same time the first in the list is
   *     taken, and {@link Gathered} gives them in an order that no arrival changes
   * @param counters before the decision
   */
  public static GroupDecision decide(
      @Nullable FailurePolicy policy,
      List<FailedMember> failed,
      GroupCounters counters,
      GroupShape shape) {
    return decide(policy, Election.of(failed), counters, shape);
  }

  /**
   * Decides until nothing is left: after a decision about one job, what is left of the failed jobs
   * is weighed again. What is collateral to a job that was decided about stays so.
   *
   * @param failed at least one, as for {@link #decide}
   * @return at least one decision; only the last one can be about the whole set
   */
  public static List<GroupDecision> decideAll(
      @Nullable FailurePolicy policy,
      List<FailedMember> failed,
      GroupCounters counters,
      GroupShape shape) {
    List<GroupDecision> decisions = new ArrayList<>();
    Election left = Election.of(failed);
    GroupCounters now = counters;
    do {
      GroupDecision decision = decide(policy, left, now, shape);
      decisions.add(decision);
      now = decision.counters();
      left = left.without(decision.blamed());
    } while (!decisions.get(decisions.size() - 1).outcome().endsGeneration() && !left.isEmpty());
    return List.copyOf(decisions);
  }

  /**
   * Decides once, where causes and collateral are told apart already: about what is left after a
   * decision about one job ({@link Election#without}).
   *
   * @param election of at least one failed member
   */
  public static GroupDecision decide(
      @Nullable FailurePolicy policy, Election election, GroupCounters counters, GroupShape shape) {
    List<FailedMember> suspects = election.suspects();
    GroupTrace trace = new GroupTrace();
    trace.election(election);
    if (policy == null) {
      trace.noPolicy();
      return new Verdict(election, counters, trace, GroupAction.FAIL_JOB_SET, null, "")
          .fail(Election.earliest(suspects), GroupReasons.FAILED_JOBS, Verdict.NO_POLICY);
    }
    for (int i = 0; i < policy.rules().size(); i++) {
      FailurePolicyRule rule = policy.rules().get(i);
      List<RuleCondition> conditions = RuleCondition.of(rule, shape);
      List<FailedMember> matches =
          suspects.stream()
              .filter(each -> conditions.stream().allMatch(condition -> condition.holds(each)))
              .toList();
      if (matches.isEmpty()) {
        trace.passedOver(rule, conditions, suspects);
      } else {
        FailedMember match = Election.earliest(matches);
        trace.matched(rule, conditions, match, matches.size());
        return new Verdict(election, counters, trace, rule.action(), i, rule.name())
            .carryOut(policy, match);
      }
    }
    trace.noMatch();
    return new Verdict(election, counters, trace, DEFAULT_ACTION, null, "")
        .carryOut(policy, Election.earliest(suspects));
  }
}
