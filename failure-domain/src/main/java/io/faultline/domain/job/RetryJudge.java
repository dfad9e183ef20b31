package io.faultline.domain.job;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.JobError;
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

/**
 * What the retry policies say about a failure of a job, or of a gang as if it were one job: then
 * its restarts are the job's runs.
 */
public final class RetryJudge {

  private final RetrySettings settings;

  /** Judges under these settings. */
  public RetryJudge(RetrySettings settings) {
    this.settings = settings;
  }

  /**
   * What is decided.
   *
   * @param record as it is published; null where retry policies are off
   * @param retried the job with its next run, which waits or not; null where there is none
   */
  public record Judged(
      Decision decision, @Nullable DecisionRecord record, @Nullable ActiveJob retried) {}

  /** Decides about the failure of the current run. */
  public Judged judge(
      ActiveJob active, ClassifiedError failure, PolicyChoice policies, Instant now) {
    JobError error = failure.error();
    EvidenceKind kind = error.evidence().kind();
    CurrentRun run = active.run().failed(error);
    RetryCounts counts = active.budgets().before(kind, run.id().index());
    FailureSignals signals = FailureSignals.of(FailureContext.of(failure, active.history()));
    Decision decision =
        RetryEngine.decide(settings, policies.policies(), signals, counts, active.failFast());
    ShadowDecision shadow = shadow(policies.shadow(), signals, counts, active.failFast(), decision);
    DecisionRecord record =
        settings.enabled() ? record(failure, decision, policies, shadow, false, now) : null;
    if (!decision.retry()) {
      return new Judged(decision, record, null);
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
    return new Judged(decision, record, retried);
  }

  /**
   * What would be decided about a job that is not ours. We never saw its earlier failures being
   * decided, so the classifier's counts stand for all budgets.
   */
  DecisionRecord advise(ClassifiedError failure, PolicyChoice policies, Instant now) {
    int failures = (int) Math.min(Integer.MAX_VALUE, Math.max(1, failure.counts().job()));
    RetryCounts counts = new RetryCounts(failures, failures - 1, failures, Map.of());
    FailureSignals signals = FailureSignals.of(FailureContext.of(failure, List.of()));
    Decision decision = RetryEngine.decide(settings, policies.policies(), signals, counts, false);
    ShadowDecision shadow = shadow(policies.shadow(), signals, counts, false, decision);
    return record(failure, decision, policies, shadow, true, now);
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
