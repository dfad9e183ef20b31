package io.faultline.domain.set;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.PodAction;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.job.ActiveJob;
import io.faultline.domain.job.Budgets;
import io.faultline.domain.job.CurrentRun;
import io.faultline.domain.job.ExecutorCommand.Action;
import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobEffect;
import io.faultline.domain.job.Membership;
import io.faultline.domain.job.Membership.End;
import io.faultline.domain.job.RetryJudge;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.RunState;
import io.faultline.domain.job.Runs;
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

  private static final String LATE = "its set goes on without it";

  private final SetRequests requests;
  private final SetPasses passes;
  private final SetMembers members;
  private final SetDecisions decisions;
  private final SetReturns returns;

  /** The machine under these settings. */
  public SetMachine(RetrySettings retry, SetSettings settings) {
    this.requests = new SetRequests(retry.podNamePrefix());
    this.passes = new SetPasses(requests);
    this.members = new SetMembers(settings, passes, requests);
    this.decisions = new SetDecisions(new RetryJudge(retry), passes, members);
    this.returns = new SetReturns(retry, passes, members);
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
      passes.stopped(work);
    } else if (job != null && job.run().waits() && !job.awaitsItsSet()) {
      Instant dueAt = Objects.requireNonNull(job.run().dueAt());
      work.effects.add(new JobEffect.Unschedule(job.job(), dueAt));
      ask(work, job);
    }
    return work.finish();
  }

  /** An executor reports what a run of one of its jobs came to. */
  public List<JobEffect> report(SetRecords records, ActiveJob job, RunReport report, Instant now) {
    CurrentRun run = job.run();
    if (!run.id().runId().equals(report.run().runId())) {
      return stray(job, report, "the run is not the job's current one", now);
    }
    if (run.held() && !run.executor().equals(report.executor())) {
      return stray(job, report, "the run is held by " + run.executor(), now);
    }
    boolean late = job.awaitsItsSet();
    if (late && (run.held() || report.state() != RunState.LEASED)) {
      return stray(job, report, LATE, now);
    }
    SetWork work = open(records, job, now);
    switch (report.state()) {
      case LEASED, PENDING, RUNNING -> progress(work, job, report);
      case SUCCEEDED -> ended(work, job.with(run.after(report), job.nextSequence()), report);
      case STOPPED -> {
        if (member(job).told()) {
          ended(work, job, report);
        } else {
          lost(work, job, "the executor ended the run without being told to");
        }
      }
      case DEFERRED -> {
        if (!run.held()) {
          requests.all(work);
        }
      }
    }
    return work.finish();
  }

  private static List<JobEffect> stray(ActiveJob job, RunReport report, String why, Instant now) {
    return Runs.stray(job, report, why, now).effects();
  }

  private void progress(SetWork work, ActiveJob job, RunReport report) {
    if (job.run().knows(report.state())) {
      return;
    }
    CurrentRun run = job.run().after(report);
    if (!job.run().held()) {
      work.alive++;
      work.executor = report.executor();
      members.claimed(work, place(work, job));
    }
    ActiveJob seen =
        work.emit(
            job.with(run, job.nextSequence()), report.at(), Runs.progress(report.state(), run));
    if (job.awaitsItsSet()) {
      // claimed when it was wanted no more: its set waits until it has ended
      seen = work.stop(seen.with(member(job).next()), LATE);
    }
    work.save(seen);
  }

  /** A run ended, and not by a failure. */
  private void ended(SetWork work, ActiveJob job, RunReport report) {
    End how = member(job).told() ? End.STOPPED : End.SUCCEEDED;
    work.save(job.with(member(job).ended(how, report.at())));
    if (how == End.SUCCEEDED) {
      members.succeeded(work, place(work, job));
    }
    left(work, job);
  }

  /** One run less is there: what waited for that goes on. */
  private void left(SetWork work, ActiveJob job) {
    if (job.run().held()) {
      work.alive--;
      members.ended(work, place(work, job));
    }
    members.endIfGivenUp(work, place(work, job), member(job).index());
    if (work.phase == Phase.STOPPING) {
      passes.stopped(work);
    } else {
      endWhereAllHave(work);
    }
  }

  private void endWhereAllHave(SetWork work) {
    if (work.phase != Phase.RUNNING || work.done + work.gaveUp < work.layout.members()) {
      return;
    }
    if (work.gaveUp == 0) {
      passes.begin(work, Phase.SUCCEEDING, SetCause.asked("", "", work.now));
    } else {
      passes.begin(work, Phase.FAILING, SetCause.asked("", "", work.now));
    }
  }

  /**
   * A failure, classified. Only the counted, terminal failure of a job's current run changes
   * anything.
   */
  public List<JobEffect> failure(
      SetRecords records, ActiveJob job, ClassifiedError failure, Instant now) {
    if (!failure.counted()
        || !failure.error().terminal()
        || job.awaitsItsSet()
        || !job.run().id().runId().equals(failure.error().run().runId())) {
      return List.of();
    }
    SetWork work = open(records, job, now);
    ActiveJob seen = job;
    if (!job.run().held()) {
      // told before it was heard that the run was claimed
      work.alive++;
      members.claimed(work, place(work, job));
    }
    seen =
        seen.with(job.run().failed(failure.error()), job.nextSequence())
            .with(member(job).ended(End.FAILED, failure.error().at()));
    records.put(job.job().jobId(), failure);
    work.save(seen);
    if (failure.error().evidence().kind() == EvidenceKind.LEASE_EXPIRED) {
      work.tell(seen, Action.STOP, "the lease expired");
    }
    if (failure.classification().action() == PodAction.DELETE) {
      work.tell(seen, Action.DELETE_POD, "the failure's category asks for it");
    }
    Place place = place(work, job);
    boolean weighs = SetMembers.weighs(work, place, member(job));
    left(work, seen);
    if (weighs && work.phase == Phase.RUNNING && !returns.take(work, job, seen, failure)) {
      members.failed(work, place, seen, failure);
    }
    return work.finish();
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
      endWhereAllHave(work);
    } else if (set.phase() == Phase.STOPPING && work.cursor == work.layout.jobs()) {
      passes.stopped(work);
    } else {
      passes.goOn(work);
    }
    return work.finish();
  }

  /** It is time for a job: its run is due, or its member's deadline may have passed. */
  public List<JobEffect> due(SetRecords records, ActiveJob job, Instant now) {
    SetWork work = open(records, job, now);
    Instant dueAt = job.run().dueAt();
    if (dueAt != null && !dueAt.isAfter(now) && !job.awaitsItsSet()) {
      ask(work, job);
    }
    Place place = place(work, job);
    if (work.phase == Phase.RUNNING && place.first() == member(job).index()) {
      members.atDeadline(work, place);
    }
    return work.finish();
  }

  private void ask(SetWork work, ActiveJob job) {
    work.save(job.with(job.run().asRequested(), job.nextSequence()));
    int index = member(job).index();
    requests.of(work, index, index + 1);
  }

  /** What was asked for was not claimed, as its queue is held back, or is free now. */
  public List<JobEffect> release(SetRecords records, ActiveSet set, Instant now) {
    SetWork work = new SetWork(records, set, now);
    requests.all(work);
    return work.finish();
  }

  /** The executor that holds a job's run fell silent: the run is reported as lost, once. */
  public List<JobEffect> expireLease(SetRecords records, ActiveJob job, Instant now) {
    if (!job.run().held() || job.awaitsItsSet()) {
      return List.of();
    }
    SetWork work = open(records, job, now);
    lost(work, job, "no sign of life from executor " + job.run().executor());
    return work.finish();
  }

  private static void lost(SetWork work, ActiveJob job, String why) {
    if (!job.run().lost()) {
      work.effects.add(new JobEffect.Report(Runs.lost(job.job(), job.run(), why, work.now)));
      work.save(job.with(job.run().asLost(), job.nextSequence()));
    }
  }

  private static SetWork open(SetRecords records, ActiveJob job, Instant now) {
    SetState set = records.set(member(job).setId());
    if (set instanceof ActiveSet active) {
      return new SetWork(records, active, now);
    }
    throw new IllegalStateException("the set of job " + job.job().jobId() + " is not there");
  }

  private static Place place(SetWork work, ActiveJob job) {
    return work.layout.memberOf(member(job).index());
  }

  private static Membership member(ActiveJob job) {
    return Objects.requireNonNull(job.member(), "a job of a set");
  }
}
