package io.faultline.domain.job;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.EndedJob.Outcome;
import io.faultline.domain.job.RetryJudge.Judged;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.domain.retry.PolicyChoice;
import io.faultline.domain.retry.RetrySettings;
import java.time.Instant;
import java.util.List;

/** What the failure of a job's current run comes to: its end, or another run. */
final class FailureStep {

  private final RetrySettings settings;
  private final RetryJudge judge;

  FailureStep(RetrySettings settings) {
    this.settings = settings;
    this.judge = new RetryJudge(settings);
  }

  Step decide(ActiveJob active, ClassifiedError failure, PolicyChoice policies, Instant now) {
    JobError error = failure.error();
    CurrentRun run = active.run().failed(error);
    Judged judged = judge.judge(active, failure, policies, now);
    Decision decision = judged.decision();

    Moves moves = new Moves(active.job(), active.nextSequence(), now);
    moves.emit(run, error.at(), FailedEvents.detail(failure, decision));
    if (judged.record() != null) {
      moves.decide(judged.record());
    }
    moves.afterFailure(run, failure);
    ActiveJob retried = judged.retried();
    if (retried == null) {
      return moves.end(
          decision.reason() == DecisionReason.PREEMPTED ? Outcome.PREEMPTED : Outcome.FAILED,
          active.spec());
    }
    Instant dueAt = retried.run().dueAt();
    moves.emit(now, new JobEvent.RetryScheduled(retried.run().id(), dueAt == null ? now : dueAt));
    moves.ask(retried);
    return moves.to(retried.with(retried.run(), moves.sequence()));
  }

  /** What would be decided about a job that is not ours. */
  Step advise(ClassifiedError failure, PolicyChoice policies, Instant now) {
    return settings.enabled()
        ? new Step(null, List.of(new JobEffect.Decide(judge.advise(failure, policies, now))))
        : Step.nothing(null);
  }
}
