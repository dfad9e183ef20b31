package io.faultline.domain.set;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.group.Election;
import io.faultline.domain.group.FailedMember;
import io.faultline.domain.group.GroupAction;
import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.group.GroupDecision;
import io.faultline.domain.group.GroupOutcome;
import io.faultline.domain.group.GroupReasons;
import io.faultline.domain.group.GroupVerdict;
import io.faultline.domain.job.ActiveJob;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.retry.Mutations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decisions about sets as they are published. */
final class SetVerdicts {

  private SetVerdicts() {}

  /**
   * Of a decision by a failure policy.
   *
   * @param blamed the job whose end failed the member to blame
   * @param failure how it ended; null where no run of it failed
   * @param failed how many members had failed
   */
  static DecisionRecord record(
      SetWork work,
      ActiveJob blamed,
      @Nullable ClassifiedError failure,
      GroupDecision decision,
      int failed) {
    GroupVerdict verdict =
        verdict(
            work,
            decision.outcome(),
            decision.action(),
            decision.reason(),
            decision.blamed(),
            failed,
            decision.collateral(),
            decision.counters());
    return new DecisionRecord(
        blamed.job(),
        blamed.run().id(),
        failure == null ? EvidenceKind.POD_ISSUE : failure.error().evidence().kind(),
        asOfOneJob(work, decision),
        0,
        failure == null ? 0 : failure.categoriesRevision(),
        null,
        false,
        work.now,
        verdict);
  }

  private static Decision asOfOneJob(SetWork work, GroupDecision decision) {
    var policy = work.layout.set().failurePolicy();
    return new Decision(
        decision.outcome() == GroupOutcome.RESTART_ALL
            || decision.outcome() == GroupOutcome.RESTART_ONE,
        reason(decision),
        decision.message(),
        "",
        decision.ruleIndex(),
        decision.ruleName(),
        (int) Math.min(Integer.MAX_VALUE, work.counters.countedInAll()),
        policy == null ? 0 : policy.maxRestarts(),
        0,
        decision.counts(),
        null,
        Mutations.NONE,
        decision.trace());
  }

  private static DecisionReason reason(GroupDecision decision) {
    return switch (decision.outcome()) {
      case RESTART_ALL, RESTART_ONE -> DecisionReason.RETRY;
      case FAIL_ONE -> DecisionReason.FAIL_RULE;
      case FAILED ->
          switch (decision.reason()) {
            case GroupReasons.REACHED_MAX_RESTARTS -> DecisionReason.FAIL_POLICY_LIMIT;
            case GroupReasons.FAILED_JOBS -> DecisionReason.NO_POLICY;
            default -> DecisionReason.FAIL_RULE;
          };
    };
  }

  /**
   * Of a decision by the policies of a gang's queue.
   *
   * @param after how often the gang was started with it
   */
  static DecisionRecord record(
      SetWork work,
      DecisionRecord decided,
      FailedMember blamed,
      Election election,
      GroupCounters after) {
    List<FailedMember> others =
        election.collateral().stream().filter(each -> !each.equals(blamed)).toList();
    GroupVerdict verdict =
        verdict(
            work,
            decided.decision().retry() ? GroupOutcome.RESTART_ALL : GroupOutcome.FAILED,
            null,
            decided.decision().reason().word(),
            blamed,
            election.causes().size() + election.collateral().size(),
            others,
            after);
    return decided.about(verdict);
  }

  private static GroupVerdict verdict(
      SetWork work,
      GroupOutcome outcome,
      @Nullable GroupAction action,
      String reason,
      FailedMember blamed,
      int failed,
      List<FailedMember> collateral,
      GroupCounters after) {
    return new GroupVerdict(
        work.job.jobId(),
        work.layout.set().name(),
        work.counters.restarts(),
        outcome,
        action,
        reason,
        blamed.name(),
        blamed.failure().reason(),
        blamed.failure().message(),
        failed,
        collateral.stream().limit(GroupVerdict.NAMED).map(FailedMember::name).toList(),
        collateral.size(),
        after.restarts(),
        after.counted(),
        (int) after.countedOfJobs());
  }
}
