package io.faultline.decider;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.job.ActiveJob;
import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobEffect;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.JobState;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.retry.PolicyChoice;
import io.faultline.domain.set.ActiveSet;
import io.faultline.domain.set.SetIds;
import io.faultline.domain.set.SetMachine;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sets and their jobs, as inputs find them. */
final class SetLife {

  private final SetMachine machine;
  private final StoredSets sets;
  private final Function<String, PolicyChoice> policyOfQueue;

  SetLife(SetMachine machine, StoredSets sets, Function<String, PolicyChoice> policyOfQueue) {
    this.machine = machine;
    this.sets = sets;
    this.policyOfQueue = policyOfQueue;
  }

  /** Whether a job is one of an active set, so that inputs about it belong here. */
  static boolean has(@Nullable JobState job) {
    return job instanceof ActiveJob active && active.member() != null;
  }

  /**
   * A command about a set, or about a job of one.
   *
   * @return null where it is about neither
   */
  @Nullable List<JobEffect> command(@Nullable JobState job, JobCommand command, Instant now) {
    if (command instanceof JobCommand.SubmitSet submit) {
      return machine.submit(sets, submit, now);
    }
    ActiveSet set = has(job) || job == null ? ofJob(command.job()) : null;
    if (set == null) {
      return null;
    }
    if (command instanceof JobCommand.Cancel cancel) {
      return machine.cancel(sets, set, cancel, now);
    }
    return command instanceof JobCommand.Retry
        ? machine.retry(sets, set, job instanceof ActiveJob active ? active : null, now)
        : null;
  }

  List<JobEffect> report(ActiveJob job, RunReport report, Instant now) {
    return machine.report(sets, job, report, now);
  }

  List<JobEffect> failure(ActiveJob job, ClassifiedError failure, Instant now) {
    return machine.failure(sets, job, failure, now);
  }

  List<JobEffect> expireLease(ActiveJob job, Instant now) {
    return machine.expireLease(sets, job, now);
  }

  /** It is time for a job of a set. */
  List<JobEffect> due(ActiveJob job, Instant now) {
    return machine.due(sets, job, now);
  }

  /** It is time for a set; nothing is done where it has ended. */
  List<JobEffect> wake(String setId, Instant now) {
    return sets.set(setId) instanceof ActiveSet set
        ? machine.wake(sets, set, policyOfQueue.apply(set.job().queue()), now)
        : List.of();
  }

  /** When a set is to be decided; null where nothing is gathered. */
  @Nullable Instant settlesAt(String setId) {
    return sets.set(setId) instanceof ActiveSet set && set.onset() != null ? set.wakeAt() : null;
  }

  /** What of it was not claimed is asked for again. */
  List<JobEffect> release(String setId, Instant now) {
    return sets.set(setId) instanceof ActiveSet set ? machine.release(sets, set, now) : List.of();
  }

  /** Who the jobs of a set are; null where it is none. */
  @Nullable JobIdentity identity(String setId) {
    return sets.set(setId) instanceof ActiveSet set ? set.job() : null;
  }

  /** A set's jobs are not all made at once, and a command can come before them. */
  private @Nullable ActiveSet ofJob(JobIdentity job) {
    String setId = job.gangId() == null ? null : SetIds.setOf(job.jobId());
    return setId != null && sets.set(setId) instanceof ActiveSet set ? set : null;
  }
}
