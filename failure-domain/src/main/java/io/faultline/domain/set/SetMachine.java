package io.faultline.domain.set;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.job.ActiveJob;
import io.faultline.domain.job.Budgets;
import io.faultline.domain.job.CurrentRun;
import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobEffect;
import io.faultline.domain.job.RetryJudge;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.retry.PolicyChoice;
import io.faultline.domain.retry.RetrySettings;
import io.faultline.domain.retry.RunMutations;
import io.faultline.domain.set.SetLayout.Place;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A set's life, from its submit to the terminal event of each of its jobs. What it knows stands in
 * {@link SetRecords}; given the same records and input it does the same.
 *
 * <ul>
 *   <li>Its jobs obey the rules of all jobs: one terminal event each, events without a gap.
 *   <li>What runs start together is asked for at once, and claimed whole.
 *   <li>A run of the next generation is asked for only when every run of the last one has ended.
 *   <li>There is one decision for each generation and each start of a member; a report of an older
 *       run changes nothing, and where that might live it is stopped.
 * </ul>
 */
public final class SetMachine {

  private final SetRequests requests;
  private final SetPasses passes;
  private final SetMembers members;
  private final SetDecisions decisions;
  private final SetRuns runs;

  /** The machine under these settings. */
  public SetMachine(RetrySettings retry, SetSettings settings) {
    this.requests = new SetRequests(retry.podNamePrefix());
    this.passes = new SetPasses(requests);
    this.members = new SetMembers(settings, passes, requests);
    this.decisions = new SetDecisions(new RetryJudge(retry), passes, members);
    this.runs = new SetRuns(requests, passes, members, new SetReturns(retry, passes, members));
  }

  /** A new set; a repeat is void. */
  public List<JobEffect> submit(SetRecords records, JobCommand.SubmitSet submit, Instant now) {
    String setId = submit.job().jobId();
    if (records.set(setId) != null) {
      return List.of();
    }
    records.define(setId, submit.definition());
    SetCause cause = SetCause.asked(submit.requestedBy(), "", submit.at());
    ActiveSet made =
        new ActiveSet(
            submit.job(),
            Phase.SUBMITTING,
            0,
            GroupCounters.NONE,
            Tally.NONE,
            "",
            null,
            null,
            cause,
            asOne(submit));
    SetWork work = new SetWork(records, made, now);
    passes.begin(work, Phase.SUBMITTING, cause);
    return work.finish();
  }

  private static @Nullable ActiveJob asOne(JobCommand.SubmitSet submit) {
    SetDefinition set = submit.definition();
    if (!set.gang() || set.failurePolicy() != null) {
      return null;
    }
    return new ActiveJob(
        submit.job(),
        set.templates().get(0).spec(),
        set.failFast(),
        0,
        Budgets.NONE,
        List.of(),
        List.of(),
        RunMutations.NONE,
        CurrentRun.requested(RunIdentity.of(submit.job().jobId(), 0), ""));
  }

  /** The set ends, whatever it does now; void where it ends already. */
  public List<JobEffect> cancel(
      SetRecords records, ActiveSet set, JobCommand.Cancel cancel, Instant now) {
    if (set.phase().ends()) {
      return List.of();
    }
    SetWork work = new SetWork(records, set, now);
    passes.begin(
        work, Phase.CANCELLING, SetCause.asked(cancel.requestedBy(), cancel.reason(), cancel.at()));
    return work.finish();
  }

  /** What waits to start again starts now: the set, or this one job; void where nothing waits. */
  public List<JobEffect> retry(
      SetRecords records, ActiveSet set, @Nullable ActiveJob job, Instant now) {
    SetWork work = new SetWork(records, set, now);
    if (set.phase() == Phase.STOPPING) {
      work.cause = work.why().startingAt(now);
    } else if (set.phase() == Phase.STARTING && work.why().at().isAfter(now)) {
      passes.begin(work, Phase.STARTING, work.why().startingAt(now));
    } else if (job != null && job.run().waits() && !job.awaitsItsSet()) {
      Instant dueAt = Objects.requireNonNull(job.run().dueAt());
      work.effects.add(new JobEffect.Unschedule(job.job(), dueAt));
      ask(work, job);
    }
    return work.finish();
  }

  /** An executor reports what a run of one of its jobs came to. */
  public List<JobEffect> report(SetRecords records, ActiveJob job, RunReport report, Instant now) {
    return runs.report(records, job, report, now);
  }

  /**
   * A failure, classified. Only the counted, terminal failure of a job's current run changes
   * anything.
   */
  public List<JobEffect> failure(
      SetRecords records, ActiveJob job, ClassifiedError failure, Instant now) {
    return runs.failure(records, job, failure, now);
  }

  /** The executor that holds a job's run fell silent: the run is reported as lost, once. */
  public List<JobEffect> expireLease(SetRecords records, ActiveJob job, Instant now) {
    return runs.expireLease(records, job, now);
  }

  /** It is time for something with the whole set; void where it is not. */
  public List<JobEffect> wake(
      SetRecords records, ActiveSet set, PolicyChoice policies, Instant now) {
    Instant wakeAt = set.wakeAt();
    if (wakeAt == null || wakeAt.isAfter(now)) {
      return List.of();
    }
    SetWork work = new SetWork(records, set, now);
    work.woken();
    if (set.phase() == Phase.RUNNING) {
      decisions.settle(work, policies);
      passes.endWhereAllHave(work);
    } else {
      passes.goOn(work);
    }
    return work.finish();
  }

  /** It is time for a job: its run is due, or its member's deadline may have passed. */
  public List<JobEffect> due(SetRecords records, ActiveJob job, Instant now) {
    SetWork work = SetWork.of(records, job, now);
    Instant dueAt = job.run().dueAt();
    if (dueAt != null && !dueAt.isAfter(now) && !job.awaitsItsSet()) {
      ask(work, job);
    }
    Place place = work.place(job);
    if (work.phase == Phase.RUNNING && place.first() == work.membership(job).index()) {
      members.atDeadline(work, place);
    }
    return work.finish();
  }

  private void ask(SetWork work, ActiveJob job) {
    work.save(job.with(job.run().asRequested(), job.nextSequence()));
    int index = work.membership(job).index();
    requests.of(work, index, index + 1);
  }

  /** What was asked for was not claimed, as its queue is held back, or is free now. */
  public List<JobEffect> release(SetRecords records, ActiveSet set, Instant now) {
    SetWork work = new SetWork(records, set, now);
    if (set.phase() == Phase.RUNNING) {
      requests.all(work);
    }
    return work.finish();
  }
}
