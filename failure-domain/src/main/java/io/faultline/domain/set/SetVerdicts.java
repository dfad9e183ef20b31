package io.faultline.domain.set;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.group.Election;
import io.faultline.domain.group.FailedMember;
import io.faultline.domain.group.GroupAction;
import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.group.GroupDecision;
import io.faultline.domain.group.GroupOutcome;
import io.faultline.domain.group.GroupVerdict;
import io.faultline.domain.job.ActiveJob;
import io.faultline.domain.retry.DecisionRecord;
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
        decision.asOfOneJob(
            work.layout.set().failurePolicy(), work.counters, decision.message(), decision.trace()),
        0,
        failure == null ? 0 : failure.categoriesRevision(),
        null,
        false,
        work.now,
        verdict);
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
    return GroupVerdict.of(
        work.job.jobId(),
        work.layout.set().name(),
        work.counters.restarts(),
        outcome,
        action,
        reason,
        blamed,
        failed,
        collateral,
        after);
  }
}
