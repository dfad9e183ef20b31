package io.faultline.domain.job;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.retry.DecisionRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Collects what a step does, and numbers its events without gaps. */
final class Moves {

  private final JobIdentity job;
  private final Instant now;
  private final List<JobEffect> effects = new ArrayList<>();
  private long sequence;

  Moves(JobIdentity job, long nextSequence, Instant now) {
    this.job = job;
    this.sequence = nextSequence;
    this.now = now;
  }

  /** An event about the job alone. */
  void emit(Instant at, JobEvent.Detail detail) {
    effects.add(new JobEffect.Emit(JobEvent.ofJob(job, at, sequence++, detail)));
  }

  /** An event about a run. */
  void emit(CurrentRun run, Instant at, JobEvent.Detail detail) {
    effects.add(new JobEffect.Emit(JobEvent.ofRun(job, run, at, sequence++, detail)));
  }

  /** A command to whoever holds the run; none where nobody does. */
  void tell(CurrentRun run, ExecutorCommand.Action action, String reason) {
    effects.addAll(Runs.tell(job, run, action, reason, now));
  }

  /** Asks for the current run, now or when it is due. */
  void ask(ActiveJob active) {
    Instant dueAt = active.run().dueAt();
    if (dueAt == null) {
      request(active);
    } else {
      effects.add(new JobEffect.Schedule(job, dueAt));
    }
  }

  /** The current run is owed no more, or not later. */
  void forget(CurrentRun run) {
    Instant dueAt = run.dueAt();
    if (dueAt != null) {
      effects.add(new JobEffect.Unschedule(job, dueAt));
    }
  }

  void request(ActiveJob active) {
    CurrentRun run = active.run();
    effects.add(
        new JobEffect.RequestRun(
            new RunRequest(job, run.id(), active.spec(), run.podName(), active.mutations(), now)));
  }

  /** What whoever held a run that failed is told. */
  void afterFailure(CurrentRun run, ClassifiedError failure) {
    effects.addAll(Runs.afterFailure(job, run, failure, now));
  }

  void decide(DecisionRecord decision) {
    effects.add(new JobEffect.Decide(decision));
  }

  void add(JobEffect effect) {
    effects.add(effect);
  }

  long sequence() {
    return sequence;
  }

  /** The job goes on. */
  Step to(JobState state) {
    return new Step(state, effects);
  }

  /** The job had its terminal event: its spec goes, and what is left is a fence. */
  Step end(EndedJob.Outcome outcome, SpecRef spec) {
    effects.add(new JobEffect.DropSpec(job, spec));
    return new Step(new EndedJob(outcome, sequence, now), effects);
  }
}
