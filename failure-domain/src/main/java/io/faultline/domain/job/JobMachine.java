package io.faultline.domain.job;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.job.EndedJob.Outcome;
import io.faultline.domain.job.ExecutorCommand.Action;
import io.faultline.domain.retry.PolicyChoice;
import io.faultline.domain.retry.RetrySettings;
import io.faultline.domain.retry.RunMutations;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job's life, from its submit to its one terminal event. A pure function of the job's state and
 * one input: whoever calls it keeps the state and carries out the effects, both or neither.
 *
 * <ul>
 *   <li>A job has exactly one terminal event, and nothing changes it afterwards.
 *   <li>Its events are numbered from 0 without a gap.
 *   <li>It has one current run; the next one is asked for only when that one is decided.
 *   <li>A report about any other run changes nothing; where that run might live, it is stopped.
 *   <li>A report that comes again changes nothing. Leased, pending and running are each told once a
 *       run, with their own times, in whatever order they arrive.
 * </ul>
 */
public final class JobMachine {

  private final RetrySettings settings;
  private final FailureStep failures;

  /** The machine under these settings. */
  public JobMachine(RetrySettings settings) {
    this.settings = settings;
    this.failures = new FailureStep(settings);
  }

  /**
   * Someone asks for something. A submit of a known job, a cancel of an unknown one, and a retry of
   * one that waits for nothing are void.
   */
  public Step command(@Nullable JobState state, JobCommand command, Instant now) {
    if (command instanceof JobCommand.Submit submit) {
      return state == null ? submit(submit, now) : Step.nothing(state);
    }
    if (command instanceof JobCommand.Cancel cancel) {
      return state instanceof ActiveJob active ? cancel(active, cancel, now) : Step.nothing(state);
    }
    if (command instanceof JobCommand.Retry) {
      return state instanceof ActiveJob active && active.run().waits()
          ? startEarly(active, now)
          : Step.nothing(state);
    }
    throw new IllegalArgumentException("no such command: " + command);
  }

  /** An executor reports what a run came to. */
  public Step report(@Nullable JobState state, RunReport report, Instant now) {
    if (!(state instanceof ActiveJob active)) {
      return Runs.stray(state, report, "the job has ended or is not known", now);
    }
    String stray = Runs.whyStray(active.run(), report);
    if (stray != null) {
      return Runs.stray(state, report, stray, now);
    }
    return switch (report.state()) {
      case LEASED, PENDING, RUNNING -> progress(active, report, now);
      case SUCCEEDED -> succeed(active, report, now);
      case STOPPED -> lost(active, "the executor ended the run without being told to", now);
      case DEFERRED -> release(active, now);
    };
  }

  /**
   * A failure, classified. Only the counted, terminal failure of the current run is decided. For a
   * job that was never submitted here the decision is advice.
   *
   * @param policy the policy of the job's queue
   */
  public Step failure(
      @Nullable JobState state, ClassifiedError failure, PolicyChoice policy, Instant now) {
    if (!failure.counted() || !failure.error().terminal()) {
      return Step.nothing(state);
    }
    if (state == null) {
      return failures.advise(failure, policy, now);
    }
    if (state instanceof ActiveJob active
        && active.run().id().runId().equals(failure.error().run().runId())) {
      return failures.decide(active, failure, policy, now);
    }
    return Step.nothing(state);
  }

  /** It is time: the run that waited is asked for. A timer that comes early or late is void. */
  public Step due(@Nullable JobState state, Instant now) {
    if (!(state instanceof ActiveJob active)) {
      return Step.nothing(state);
    }
    Instant dueAt = active.run().dueAt();
    return dueAt == null || dueAt.isAfter(now) ? Step.nothing(state) : ask(active, now);
  }

  /**
   * The run that was asked for was not claimed, since its queue is held back, or is free now: it is
   * asked for once more. One that is held, or waits for its time, is not.
   */
  public Step release(@Nullable JobState state, Instant now) {
    if (!(state instanceof ActiveJob active) || active.run().held() || active.run().waits()) {
      return Step.nothing(state);
    }
    Moves moves = new Moves(active.job(), active.nextSequence(), now);
    moves.request(active);
    return moves.to(active);
  }

  private static Step ask(ActiveJob active, Instant now) {
    Moves moves = new Moves(active.job(), active.nextSequence(), now);
    ActiveJob asked = active.with(active.run().asRequested(), active.nextSequence());
    moves.request(asked);
    return moves.to(asked);
  }

  private static Step startEarly(ActiveJob active, Instant now) {
    Moves moves = new Moves(active.job(), active.nextSequence(), now);
    moves.forget(active.run());
    moves.emit(now, new JobEvent.RetryScheduled(active.run().id(), now));
    ActiveJob asked = active.with(active.run().asRequested(), moves.sequence());
    moves.request(asked);
    return moves.to(asked);
  }

  /** The executor that holds the job's run fell silent: the run is reported as lost, once. */
  public Step expireLease(@Nullable JobState state, Instant now) {
    return state instanceof ActiveJob active && active.run().held()
        ? lost(active, "no sign of life from executor " + active.run().executor(), now)
        : Step.nothing(state);
  }

  private Step submit(JobCommand.Submit submit, Instant now) {
    JobIdentity job = submit.job();
    Moves moves = new Moves(job, 0, now);
    moves.emit(submit.at(), new JobEvent.Submitted(submit.requestedBy()));
    ActiveJob active =
        new ActiveJob(
            job,
            submit.spec(),
            submit.failFast(),
            moves.sequence(),
            Budgets.NONE,
            List.of(),
            List.of(),
            RunMutations.NONE,
            CurrentRun.requested(RunIdentity.of(job.jobId(), 0), settings.podName(job.jobId(), 0)));
    moves.request(active);
    return moves.to(active);
  }

  private Step cancel(ActiveJob active, JobCommand.Cancel cancel, Instant now) {
    Moves moves = new Moves(active.job(), active.nextSequence(), now);
    JobEvent.Cancelled cancelled = new JobEvent.Cancelled(cancel.reason(), cancel.requestedBy());
    if (active.run().held()) {
      moves.emit(active.run(), cancel.at(), cancelled);
    } else {
      moves.emit(cancel.at(), cancelled);
    }
    moves.tell(active.run(), Action.STOP, "the job was cancelled");
    moves.forget(active.run());
    return moves.end(Outcome.CANCELLED, active.spec());
  }

  private Step progress(ActiveJob active, RunReport report, Instant now) {
    if (active.run().knows(report.state())) {
      return Step.nothing(active);
    }
    CurrentRun run = active.run().after(report);
    Moves moves = new Moves(active.job(), active.nextSequence(), now);
    moves.emit(run, report.at(), Runs.progress(report.state(), run));
    return moves.to(active.with(run, moves.sequence()));
  }

  private Step succeed(ActiveJob active, RunReport report, Instant now) {
    Moves moves = new Moves(active.job(), active.nextSequence(), now);
    moves.emit(active.run().after(report), report.at(), new JobEvent.Succeeded());
    return moves.end(Outcome.SUCCEEDED, active.spec());
  }

  private Step lost(ActiveJob active, String why, Instant now) {
    CurrentRun run = active.run();
    if (run.lost()) {
      return Step.nothing(active);
    }
    Moves moves = new Moves(active.job(), active.nextSequence(), now);
    moves.add(new JobEffect.Report(Runs.lost(active.job(), run, why, now)));
    return moves.to(active.with(run.asLost(), active.nextSequence()));
  }
}
