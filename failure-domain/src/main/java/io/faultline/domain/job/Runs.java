package io.faultline.domain.job;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.PodAction;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.ExecutorCommand.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What reports of runs come to, whether their jobs are in a set or not. */
public final class Runs {

  private static final Set<RunState> NOT_ALIVE =
      EnumSet.of(RunState.SUCCEEDED, RunState.STOPPED, RunState.DEFERRED);

  private Runs() {}

  /** The event that tells of a run that goes on. */
  public static JobEvent.Detail progress(RunState state, CurrentRun run) {
    return switch (state) {
      case LEASED -> new JobEvent.Leased();
      case PENDING -> new JobEvent.Pending(run.podName());
      case RUNNING -> new JobEvent.Running(run.podName());
      case SUCCEEDED, STOPPED, DEFERRED ->
          throw new IllegalArgumentException("no progress: " + state);
    };
  }

  /** The report of a run that nobody hears of any more. */
  public static JobError lost(JobIdentity job, CurrentRun run, String why, Instant now) {
    Evidence evidence =
        new Evidence(
            EvidenceKind.LEASE_EXPIRED,
            InternalCause.LEASE_EXPIRED,
            "",
            why,
            "",
            run.node(),
            List.of(),
            List.of(),
            "",
            null);
    return new JobError(
        run.id().runId() + "/lease-expired",
        job,
        run.id(),
        run.executor(),
        run.cluster(),
        run.namespace(),
        run.podName(),
        now,
        true,
        evidence);
  }

  /** A command to whoever holds a run; none where nobody does. */
  public static List<JobEffect> tell(
      JobIdentity job, CurrentRun run, Action action, String reason, Instant now) {
    return run.held()
        ? List.of(
            new JobEffect.Tell(
                new ExecutorCommand(job, run.id(), run.executor(), action, reason, now)))
        : List.of();
  }

  /** What whoever held a run that failed is told. */
  public static List<JobEffect> afterFailure(
      JobIdentity job, CurrentRun run, ClassifiedError failure, Instant now) {
    List<JobEffect> told = new ArrayList<>();
    if (failure.error().evidence().kind() == EvidenceKind.LEASE_EXPIRED) {
      // an executor that was only cut off might still run it, and reads this when it is back
      told.addAll(tell(job, run, Action.STOP, "the lease expired", now));
    }
    if (failure.classification().action() == PodAction.DELETE) {
      told.addAll(tell(job, run, Action.DELETE_POD, "the failure's category asks for it", now));
    }
    return told;
  }

  /** Why a report is not about the run that a job follows; null where it is. */
  public static @Nullable String whyStray(CurrentRun run, RunReport report) {
    if (!run.id().runId().equals(report.run().runId())) {
      return "the run is not the job's current one";
    }
    return run.held() && !run.executor().equals(report.executor())
        ? "the run is held by " + run.executor()
        : null;
  }

  /** A run that is none of ours to follow: it is stopped where it might live. */
  public static Step stray(@Nullable JobState state, RunReport report, String reason, Instant now) {
    if (NOT_ALIVE.contains(report.state())) {
      return Step.nothing(state);
    }
    ExecutorCommand stop =
        new ExecutorCommand(
            report.job(), report.run(), report.executor(), Action.STOP, reason, now);
    return new Step(state, List.of(new JobEffect.Tell(stop)));
  }
}
