package io.faultline.domain.group;

import io.faultline.domain.retry.TraceStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a decision about a set comes about, in words. */
final class GroupTrace {

  /** Rules that don't match are traced one by one up to here, then summed up. */
  static final int TRACED_RULES = 100;

  private final List<TraceStep> steps = new ArrayList<>();
  private int passedOver;

  List<TraceStep> steps() {
    return steps;
  }

  void noPolicy() {
    step("failurePolicy", "none", "one", false);
  }

  void election(Election election) {
    String blamable = election.causes().isEmpty() ? "no cause is known" : named(election.causes());
    step(
        "cause",
        blamable + ", " + election.collateral().size() + " collateral",
        "a cause",
        !election.causes().isEmpty());
  }

  /** Of each condition, how many of the failed jobs met all before it, but not this one. */
  void passedOver(
      FailurePolicyRule rule, List<RuleCondition> conditions, List<FailedMember> failed) {
    passedOver++;
    if (passedOver > TRACED_RULES) {
      return;
    }
    Map<RuleCondition, List<FailedMember>> stopped = new LinkedHashMap<>();
    for (FailedMember each : failed) {
      for (RuleCondition condition : conditions) {
        if (!condition.holds(each)) {
          stopped.computeIfAbsent(condition, c -> new ArrayList<>()).add(each);
          break;
        }
      }
    }
    stopped.forEach(
        (condition, members) -> {
          FailedMember first = members.get(0);
          String saw = first.name() + ": " + TraceStep.cut(condition.saw().apply(first));
          String more = members.size() > 1 ? ", and " + (members.size() - 1) + " more" : "";
          step(rule.name() + "." + condition.key(), saw + more, condition.expected(), false);
        });
  }

  void matched(
      FailurePolicyRule rule, List<RuleCondition> conditions, FailedMember failed, int matches) {
    if (passedOver > TRACED_RULES) {
      step("rules", passedOver - TRACED_RULES + " further rules do not match", "", false);
    }
    for (RuleCondition condition : conditions) {
      step(
          rule.name() + "." + condition.key(),
          failed.name() + ": " + TraceStep.cut(condition.saw().apply(failed)),
          condition.expected(),
          true);
    }
    step(
        rule.name(),
        failed.name() + (matches > 1 ? ", the first to fail of " + matches + " that match" : ""),
        rule.action().word(),
        true);
  }

  void noMatch() {
    if (passedOver > TRACED_RULES) {
      step("rules", passedOver - TRACED_RULES + " further rules do not match", "", false);
    }
    step("rules", "none matches", GroupEngine.DEFAULT_ACTION.word() + " by default", true);
  }

  void limit(GroupCounters counters, int maxRestarts) {
    step(
        "maxRestarts",
        counters.counted()
            + " of the set and "
            + counters.countedOfJobs()
            + " of single jobs count",
        "fewer than " + maxRestarts,
        counters.countedInAll() < maxRestarts);
  }

  private static String named(List<FailedMember> failed) {
    return Election.earliest(failed).name()
        + (failed.size() > 1 ? " and " + (failed.size() - 1) + " more" : "");
  }

  private void step(String check, String value, String expected, boolean holds) {
    steps.add(new TraceStep(check, TraceStep.cut(value), expected, holds));
  }
}
