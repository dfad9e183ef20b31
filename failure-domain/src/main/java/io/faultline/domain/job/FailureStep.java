package io.faultline.domain.job;

import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.PodAction;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.EndedJob.Outcome;
import io.faultline.domain.job.ExecutorCommand.Action;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.retry.FailureSignals;
import io.faultline.domain.retry.PolicyChoice;
import io.faultline.domain.retry.RetryCounts;
import io.faultline.domain.retry.RetryEngine;
import io.faultline.domain.retry.RetrySettings;
import java.time.Instant;
import java.util.List;

/** What the failure of a job's current run comes to: its end, or another run. */
final class FailureStep {

  private final RetrySettings settings;

  FailureStep(RetrySettings settings) {
    this.settings = settings;
  }

  Step decide(ActiveJob active, ClassifiedError failure, PolicyChoice policy, Instant now) {
    JobError error = failure.error();
    EvidenceKind kind = error.evidence().kind();
    CurrentRun run = active.run().failed(error);
    Budgets budgets = active.budgets().afterFailure(kind);
    Decision decision =
        RetryEngine.decide(
            settings,
            policy.policy(),
            signals(failure),
            budgets.forRun(run.id().index()),
            active.failFast());

    Moves moves = new Moves(active.job(), active.nextSequence(), now);
    moves.emit(run, error.at(), FailedEvents.detail(failure, decision, decider(decision, policy)));
    if (settings.enabled()) {
      moves.decide(record(failure, decision, policy, false, now));
    }
    if (kind == EvidenceKind.LEASE_EXPIRED) {
      // An executor that was only cut off might still run it, and reads this when it is back.
      moves.tell(run, Action.STOP, "the lease expired");
    }
    if (failure.classification().action() == PodAction.DELETE) {
      moves.tell(run, Action.DELETE_POD, "the failure's category asks for it");
    }
    if (!decision.retry()) {
      return moves.end(
          decision.reason() == DecisionReason.PREEMPTED ? Outcome.PREEMPTED : Outcome.FAILED,
          active.spec());
    }
    RunIdentity next = RunIdentity.of(active.job().jobId(), run.id().index() + 1);
    moves.emit(now, new JobEvent.RetryScheduled(next, now));
    List<String> nodes = active.nodesAnd(run.node());
    ActiveJob retried =
        new ActiveJob(
            active.job(),
            active.spec(),
            active.failFast(),
            moves.sequence(),
            budgets.afterRetry(decision.reason()),
            nodes,
            active.mutations().after(kind, decision.mutations(), nodes),
            CurrentRun.requested(next, settings.podName(active.job().jobId(), next.index())));
    moves.request(retried);
    return moves.to(retried);
  }

  /**
   * What would be decided about a job that is not ours. We never saw its earlier failures being
   * decided, so the classifier's counts stand for all budgets.
   */
  Step advise(ClassifiedError failure, PolicyChoice policy, Instant now) {
    if (!settings.enabled()) {
      return Step.nothing(null);
    }
    int failures = (int) Math.min(Integer.MAX_VALUE, Math.max(1, failure.counts().job()));
    Decision decision =
        RetryEngine.decide(
            settings,
            policy.policy(),
            signals(failure),
            new RetryCounts(failures, failures - 1, failures),
            false);
    return new Step(
        null, List.of(new JobEffect.Decide(record(failure, decision, policy, true, now))));
  }

  private static FailureSignals signals(ClassifiedError failure) {
    Classification found = failure.classification();
    return FailureSignals.of(
        failure.error().evidence(), found.info().category(), found.info().subcategory());
  }

  private static DecisionRecord record(
      ClassifiedError failure,
      Decision decision,
      PolicyChoice policy,
      boolean advice,
      Instant now) {
    JobError error = failure.error();
    String decider = decider(decision, policy);
    return new DecisionRecord(
        error.job(),
        error.run(),
        error.evidence().kind(),
        decision,
        decider,
        decider.isEmpty() ? 0 : policy.revision(),
        failure.categoriesRevision(),
        advice,
        now);
  }

  /** The name of the policy where one decided; empty on the legacy path. */
  private static String decider(Decision decision, PolicyChoice policy) {
    return decision.reason() == DecisionReason.RETRY || decision.reason().refusalByPolicy()
        ? policy.name()
        : "";
  }
}
