package io.faultline.domain.job;

import io.faultline.domain.evidence.JobError;
import io.faultline.domain.retry.DecisionRecord;
import java.time.Instant;

/** What a step of the state machine asks to be done, in this order and all of it or nothing. */
public sealed interface JobEffect {

  /** Publish an event. */
  record Emit(JobEvent event) implements JobEffect {}

  /** Ask executors for a run. */
  record RequestRun(RunRequest request) implements JobEffect {}

  /** Call {@link JobMachine#due} when it is time. */
  record Schedule(JobIdentity job, Instant dueAt) implements JobEffect {}

  /** Don't: the run that waited is owed no more, or asked for already. */
  record Unschedule(JobIdentity job, Instant dueAt) implements JobEffect {}

  /** Tell the executor that holds a run something. */
  record Tell(ExecutorCommand command) implements JobEffect {}

  /** Publish a decision. */
  record Decide(DecisionRecord decision) implements JobEffect {}

  /** Report a run that is lost; the report comes back classified, like any other failure. */
  record Report(JobError error) implements JobEffect {}

  /** Drop the spec of a job that has ended. */
  record DropSpec(JobIdentity job, SpecRef spec) implements JobEffect {}
}
