package io.faultline.domain.set;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.job.ActiveJob;
import io.faultline.domain.job.CurrentRun;
import io.faultline.domain.job.JobEffect;
import io.faultline.domain.job.Membership.End;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.RunState;
import io.faultline.domain.job.Runs;
import io.faultline.domain.set.SetLayout.Place;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs of a set's jobs come to, as executors and the classifier tell it. */
final class SetRuns {

  private static final String LATE = "its set goes on without it";

  private final SetRequests requests;
  private final SetPasses passes;
  private final SetMembers members;
  private final SetReturns returns;

  SetRuns(SetRequests requests, SetPasses passes, SetMembers members, SetReturns returns) {
    this.requests = requests;
    this.passes = passes;
    this.members = members;
    this.returns = returns;
  }

  List<JobEffect> report(SetRecords records, ActiveJob job, RunReport report, Instant now) {
    String stray = whyStray(job, report);
    if (stray != null) {
      return Runs.stray(job, report, stray, now).effects();
    }
    SetWork work = SetWork.of(records, job, now);
    switch (report.state()) {
      case LEASED, PENDING, RUNNING -> progress(work, job, report);
      case SUCCEEDED -> ended(work, job.with(job.run().after(report), job.nextSequence()), report);
      case STOPPED -> {
        if (work.membership(job).told()) {
          ended(work, job, report);
        } else {
          lost(work, job, "the executor ended the run without being told to");
        }
      }
      case DEFERRED -> {
        if (!job.run().held()) {
          requests.all(work);
        }
      }
    }
    askWhereNothingRuns(work);
    return work.finish();
  }

  private static @Nullable String whyStray(ActiveJob job, RunReport report) {
    String stray = Runs.whyStray(job.run(), report);
    boolean late = job.awaitsItsSet() && (job.run().held() || report.state() != RunState.LEASED);
    return stray == null && late ? LATE : stray;
  }

  private void progress(SetWork work, ActiveJob job, RunReport report) {
    if (job.run().knows(report.state())) {
      return;
    }
    CurrentRun run = job.run().after(report);
    if (!job.run().held()) {
      work.executor = report.executor();
      members.claimed(work, work.place(job));
    }
    ActiveJob seen =
        work.emit(
            job.with(run, job.nextSequence()), report.at(), Runs.progress(report.state(), run));
    if (job.awaitsItsSet()) {
      // claimed when it was wanted no more: its set waits until it has ended
      seen = work.stop(seen.with(work.membership(job).next()), LATE);
    }
    work.save(seen);
  }

  /** A run ended, and not by a failure. */
  private void ended(SetWork work, ActiveJob job, RunReport report) {
    End how = work.membership(job).told() ? End.STOPPED : End.SUCCEEDED;
    work.save(job.with(work.membership(job).ended(how, report.at())));
    if (how == End.SUCCEEDED) {
      members.succeeded(work, work.place(job));
    }
    left(work, job);
  }

  /** One run less is there: what waited for that goes on. */
  private void left(SetWork work, ActiveJob job) {
    members.left(work, work.place(job), job);
    if (work.alive == 0 && !work.executor.isEmpty()) {
      work.executor = "";
      work.owed = true;
    }
    if (work.phase == Phase.STOPPING) {
      passes.stopped(work);
    } else {
      passes.endWhereAllHave(work);
    }
  }

  /**
   * Where no run of the set is held, all that is owed is asked for: a request may have gone with
   * other runs in it, or wait for an executor that had the others and is gone with them.
   */
  private void askWhereNothingRuns(SetWork work) {
    if (work.owed && work.alive == 0 && work.phase == Phase.RUNNING) {
      requests.all(work);
    }
  }

  List<JobEffect> failure(SetRecords records, ActiveJob job, ClassifiedError failure, Instant now) {
    if (!failure.counted()
        || !failure.error().terminal()
        || job.awaitsItsSet()
        || !job.run().id().runId().equals(failure.error().run().runId())) {
      return List.of();
    }
    SetWork work = SetWork.of(records, job, now);
    Place place = work.place(job);
    if (!job.run().held()) {
      // told before it was heard that the run was claimed
      members.claimed(work, place);
    }
    ActiveJob seen =
        job.with(job.run().failed(failure.error()), job.nextSequence())
            .with(work.membership(job).ended(End.FAILED, failure.error().at()));
    records.put(job.job().jobId(), failure);
    work.save(seen);
    work.effects.addAll(Runs.afterFailure(seen.job(), seen.run(), failure, now));
    boolean weighs = SetMembers.weighs(work, place, work.membership(job));
    left(work, seen);
    if (weighs && work.phase == Phase.RUNNING && !returns.take(work, job, seen, failure)) {
      members.failed(work, place, seen, failure);
    }
    askWhereNothingRuns(work);
    return work.finish();
  }

  List<JobEffect> expireLease(SetRecords records, ActiveJob job, Instant now) {
    if (!job.run().held() || job.awaitsItsSet()) {
      return List.of();
    }
    SetWork work = SetWork.of(records, job, now);
    lost(work, job, "no sign of life from executor " + job.run().executor());
    return work.finish();
  }

  private static void lost(SetWork work, ActiveJob job, String why) {
    if (!job.run().lost()) {
      work.effects.add(new JobEffect.Report(Runs.lost(job.job(), job.run(), why, work.now)));
      work.save(job.with(job.run().asLost(), job.nextSequence()));
    }
  }
}
