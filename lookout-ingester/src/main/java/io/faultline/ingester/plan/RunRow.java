package io.faultline.ingester.plan;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.retry.DecisionRecord;
import java.time.Instant;

/**
 * A row of {@code runs}. Events, failures and decisions come on topics of their own and overtake
 * each other: whichever is first makes the row, and each fills in its part.
 *
 * @param jobId first part of the key
 * @param runId second part of the key
 * @param createdAt the time in the job's id, last part of the key
 * @param runIndex 0 for the first attempt
 * @param place where it runs
 * @param times when it came to what
 * @param failure how it failed; null while that is not known
 * @param decision what was decided about that; null while that is not known
 * @param outcome how the job's owner saw it end; null while that is not known
 */
public record RunRow(
    String jobId,
    String runId,
    Instant createdAt,
    int runIndex,
    RunPlace place,
    RunTimes times,
    RunFailure failure,
    RunDecision decision,
    RunOutcome outcome)
    implements Row<RunRow> {

  /** What an event says of its run. */
  static RunRow of(JobEvent event, RunIdentity run) {
    return of(
        event.job().jobId(),
        run,
        RunPlace.of(event),
        RunTimes.of(event),
        RunFailure.of(event),
        null,
        RunOutcome.of(event));
  }

  /** What a counted failure says of its run. */
  static RunRow of(ClassifiedError classified) {
    JobError error = classified.error();
    return of(
        error.job().jobId(),
        error.run(),
        RunPlace.of(error),
        RunTimes.ended(error.at()),
        RunFailure.of(classified),
        null,
        null);
  }

  /** What a decision says of its run. */
  static RunRow of(DecisionRecord decision) {
    return of(
        decision.job().jobId(),
        decision.run(),
        RunPlace.UNKNOWN,
        RunTimes.UNKNOWN,
        null,
        RunDecision.of(decision),
        null);
  }

  private static RunRow of(
      String job,
      RunIdentity run,
      RunPlace place,
      RunTimes times,
      RunFailure failure,
      RunDecision decision,
      RunOutcome outcome) {
    String jobId = Storable.clean(job);
    return new RunRow(
        jobId,
        Storable.clean(run.runId()),
        IdTime.of(jobId),
        run.index(),
        place,
        times,
        failure,
        decision,
        outcome);
  }

  @Override
  public RowKey key() {
    return new RowKey(jobId, runId, createdAt);
  }

  @Override
  public RunRow merge(RunRow other) {
    return new RunRow(
        jobId,
        runId,
        createdAt,
        Math.max(runIndex, other.runIndex),
        place.merge(other.place),
        times.merge(other.times),
        RunFailure.merge(failure, other.failure),
        RunDecision.merge(decision, other.decision),
        RunOutcome.merge(outcome, other.outcome));
  }
}
