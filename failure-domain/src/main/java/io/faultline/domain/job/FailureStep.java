package io.faultline.domain.job;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.PodAction;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.EndedJob.Outcome;
import io.faultline.domain.job.ExecutorCommand.Action;
import io.faultline.domain.retry.Backoff;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.retry.FailureContext;
import io.faultline.domain.retry.FailureSignals;
import io.faultline.domain.retry.PastFailure;
import io.faultline.domain.retry.PolicyChoice;
import io.faultline.domain.retry.PolicyChoice.PolicyInForce;
import io.faultline.domain.retry.RetryCounts;
import io.faultline.domain.retry.RetryEngine;
import io.faultline.domain.retry.RetrySettings;
import io.faultline.domain.retry.ShadowDecision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the failure of a job's current run comes to: its end, or another run. */
final class FailureStep {

  private final RetrySettings settings;

  FailureStep(RetrySettings settings) {
    this.settings = settings;
  }

  Step decide(ActiveJob active, ClassifiedError failure, PolicyChoice policies, Instant now) {
    JobError error = failure.error();
    EvidenceKind kind = error.evidence().kind();
    CurrentRun run = active.run().failed(error);
    RetryCounts counts = active.budgets().before(kind, run.id().index());
    FailureSignals signals = FailureSignals.of(FailureContext.of(failure, active.history()));
    Decision decision =
        RetryEngine.decide(settings, policies.policies(), signals, counts, active.failFast());
    ShadowDecision shadow = shadow(policies.shadow(), signals, counts, active.failFast(), decision);

    Moves moves = new Moves(active.job(), active.nextSequence(), now);
    moves.emit(run, error.at(), FailedEvents.detail(failure, decision));
    if (settings.enabled()) {
      moves.decide(record(failure, decision, policies, shadow, false, now));
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
    Budgets used = active.budgets().after(kind, decision);
    ActiveJob retried =
        retried(
            active,
            run,
            failure,
            decision,
            shadow == null ? used : used.afterShadow(shadow.decision()),
            now);
    Instant dueAt = retried.run().dueAt();
    moves.emit(now, new JobEvent.RetryScheduled(retried.run().id(), dueAt == null ? now : dueAt));
    moves.ask(retried);
    return moves.to(retried.with(retried.run(), moves.sequence()));
  }

  private ActiveJob retried(
      ActiveJob active,
      CurrentRun failed,
      ClassifiedError failure,
      Decision decision,
      Budgets budgets,
      Instant now) {
    EvidenceKind kind = failure.error().evidence().kind();
    List<String> nodes = active.nodesAnd(failed.node());
    RunIdentity next = RunIdentity.of(active.job().jobId(), failed.id().index() + 1);
    String podName = settings.podName(active.job().jobId(), next.index());
    Instant due = due(failure.error(), failed, decision, now);
    return new ActiveJob(
        active.job(),
        active.spec(),
        active.failFast(),
        active.nextSequence(),
        budgets,
        nodes,
        active.historyAnd(past(failure, failed, decision)),
        active.mutations().after(kind, decision, failed.id().index(), nodes),
        due.isAfter(now)
            ? CurrentRun.waiting(next, podName, due)
            : CurrentRun.requested(next, podName));
  }

  /**
   * A returned lease on the legacy path waits for nothing, as it did before there were policies.
   */
  private static Instant due(JobError error, CurrentRun failed, Decision decision, Instant now) {
    if (decision.reason() != DecisionReason.RETRY) {
      return now;
    }
    Decision.Pause pause = decision.pause();
    return Backoff.due(
        pause == null ? null : pause.backoff(),
        pause == null ? 0 : pause.earlier(),
        failed.id().runId(),
        error.evidence().retryAfter(),
        now);
  }

  private static PastFailure past(ClassifiedError failure, CurrentRun failed, Decision decision) {
    JobError error = failure.error();
    return new PastFailure(
        error.evidence().kind(),
        failure.classification().info().category(),
        failure.classification().info().subcategory(),
        failure.classification().info().exitCode(),
        failed.node(),
        error.at(),
        decision.ruleName());
  }

  /**
   * What would be decided about a job that is not ours. We never saw its earlier failures being
   * decided, so the classifier's counts stand for all budgets.
   */
  Step advise(ClassifiedError failure, PolicyChoice policies, Instant now) {
    if (!settings.enabled()) {
      return Step.nothing(null);
    }
    int failures = (int) Math.min(Integer.MAX_VALUE, Math.max(1, failure.counts().job()));
    RetryCounts counts = new RetryCounts(failures, failures - 1, failures, Map.of());
    FailureSignals signals = FailureSignals.of(FailureContext.of(failure, List.of()));
    Decision decision = RetryEngine.decide(settings, policies.policies(), signals, counts, false);
    ShadowDecision shadow = shadow(policies.shadow(), signals, counts, false, decision);
    return new Step(
        null,
        List.of(new JobEffect.Decide(record(failure, decision, policies, shadow, true, now))));
  }

  private @Nullable ShadowDecision shadow(
      @Nullable PolicyInForce policy,
      FailureSignals signals,
      RetryCounts counts,
      boolean failFast,
      Decision decided) {
    if (policy == null) {
      return null;
    }
    Decision shadow =
        RetryEngine.decide(settings, List.of(policy.policy()), signals, counts, failFast);
    return ShadowDecision.of(shadow, policy.revision(), decided);
  }

  private static DecisionRecord record(
      ClassifiedError failure,
      Decision decision,
      PolicyChoice policies,
      @Nullable ShadowDecision shadow,
      boolean advice,
      Instant now) {
    JobError error = failure.error();
    return new DecisionRecord(
        error.job(),
        error.run(),
        error.evidence().kind(),
        decision,
        policies.revision(decision.policy()),
        failure.categoriesRevision(),
        shadow,
        advice,
        now);
  }
}
