package io.faultline.domain.set;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.job.ActiveJob;
import io.faultline.domain.job.Budgets;
import io.faultline.domain.job.CurrentRun;
import io.faultline.domain.job.EndedJob;
import io.faultline.domain.job.EndedJob.Outcome;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.Membership;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.retry.RunMutations;
import io.faultline.domain.set.SetLayout.Place;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Does to all jobs of a set what its phase asks for, so many of them at once: the cursor says where
 * it goes on, after a crash as well.
 */
final class SetPasses {

  /** No more jobs at once, so that other sets and jobs don't wait for a large one. */
  static final int JOBS_AT_ONCE = 1_000;

  private static final String AGAIN = "the set starts again";
  private static final String ENDS = "the set ends";

  private final SetRequests requests;

  SetPasses(SetRequests requests) {
    this.requests = requests;
  }

  /** Begins something with all jobs. */
  void begin(SetWork work, Phase phase, @Nullable SetCause cause) {
    work.phase = phase;
    work.cause = cause;
    work.cursor = 0;
    work.onset = null;
    work.wakeAt = null;
    goOn(work);
  }

  /** Goes on with it. */
  void goOn(SetWork work) {
    int end = (int) Math.min(work.layout.jobs(), (long) work.cursor + JOBS_AT_ONCE);
    while (work.cursor < end) {
      take(work, work.cursor++);
    }
    if (work.cursor < work.layout.jobs()) {
      work.wakeAt = work.now;
    } else {
      through(work);
    }
  }

  private void take(SetWork work, int index) {
    ActiveJob job = work.active(index);
    switch (work.phase) {
      case SUBMITTING -> work.save(create(work, index));
      case STOPPING -> {
        if (job != null) {
          work.save(work.stop(SetEvents.again(work, job, AGAIN), AGAIN));
        }
      }
      case STARTING -> start(work, index, job);
      case FAILING, CANCELLING, SUCCEEDING -> end(work, index, job);
      case RUNNING -> throw new IllegalStateException("nothing is done with all jobs now");
    }
  }

  private void through(SetWork work) {
    switch (work.phase) {
      case SUBMITTING -> run(work);
      case STARTING -> {
        Instant at = work.why().at();
        if (at.isAfter(work.now)) {
          work.wakeAt = at;
        } else {
          run(work);
        }
      }
      case STOPPING -> stopped(work);
      case FAILING, CANCELLING, SUCCEEDING -> work.endSet();
      case RUNNING -> throw new IllegalStateException("nothing is done with all jobs now");
    }
  }

  private void run(SetWork work) {
    work.phase = Phase.RUNNING;
    work.cause = null;
    requests.all(work);
  }

  /** Where all have been told to stop and have, their next runs are made. */
  void stopped(SetWork work) {
    if (work.alive > 0 || work.cursor < work.layout.jobs()) {
      return;
    }
    work.executor = "";
    work.done = 0;
    work.returned = 0;
    begin(work, Phase.STARTING, work.why());
  }

  /** Where every member has succeeded or was given up, the set ends. */
  void endWhereAllHave(SetWork work) {
    if (work.phase == Phase.RUNNING && work.done + work.gaveUp == work.layout.members()) {
      begin(
          work,
          work.gaveUp == 0 ? Phase.SUCCEEDING : Phase.FAILING,
          SetCause.asked("", "", work.now));
    }
  }

  private ActiveJob create(SetWork work, int index) {
    JobIdentity identity = work.identity(index);
    RunIdentity run = RunIdentity.of(identity.jobId(), 0);
    ActiveJob job =
        new ActiveJob(
            identity,
            work.layout.memberOf(index).template().spec(),
            false,
            0,
            Budgets.NONE,
            List.of(),
            List.of(),
            RunMutations.NONE,
            CurrentRun.requested(run, requests.podName(identity.jobId(), 0)),
            Membership.fresh(work.job.jobId(), index));
    SetCause cause = work.why();
    return work.emit(job, cause.at(), new JobEvent.Submitted(cause.requestedBy()));
  }

  private void start(SetWork work, int index, @Nullable ActiveJob job) {
    Place place = work.layout.memberOf(index);
    if (index == place.first()) {
      SetMember member = work.member(place);
      if (member.status() != SetMember.Status.GAVE_UP) {
        work.save(place, member.fresh());
      }
    }
    if (job == null) {
      return;
    }
    SetCause cause = work.why();
    if (job.awaitsItsSet()) {
      work.save(next(work, job, cause.message(), cause.at(), false));
    } else {
      // it waits to start, and that is at another time now
      work.save(work.emit(job, work.now, new JobEvent.RetryScheduled(job.run().id(), cause.at())));
    }
  }

  /**
   * A job with its next run, which is asked for later on.
   *
   * @param why what is told of a run that was stopped
   * @param due when the next one is due; it waits where that is not yet
   */
  ActiveJob next(SetWork work, ActiveJob job, String why, Instant due) {
    return next(work, job, why, due, due.isAfter(work.now));
  }

  /** The same; where it doesn't wait alone until then, its set does. */
  private ActiveJob next(SetWork work, ActiveJob job, String why, Instant due, boolean waits) {
    ActiveJob told = SetEvents.again(work, job, why);
    String jobId = job.job().jobId();
    work.records.put(jobId, (ClassifiedError) null);
    RunIdentity run = RunIdentity.of(jobId, job.run().id().index() + 1);
    String podName = requests.podName(jobId, run.index());
    ActiveJob next =
        told.with(
                waits ? CurrentRun.waiting(run, podName, due) : CurrentRun.requested(run, podName),
                told.nextSequence())
            .with(Objects.requireNonNull(job.member()).next());
    return work.emit(next, work.now, new JobEvent.RetryScheduled(run, later(due, work.now)));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isBefore(b) ? b : a;
  }

  private void end(SetWork work, int index, @Nullable ActiveJob job) {
    Place place = work.layout.memberOf(index);
    if (index == place.first()) {
      work.save(place, SetMember.FRESH);
    }
    if (job != null) {
      end(work, index, job, work.why());
    } else if (work.phase == Phase.CANCELLING
        && work.records.job(SetIds.job(work.job.jobId(), index)) == null) {
      // it was cancelled before all of its jobs were made
      end(work, index, create(work, index), work.why());
    }
  }

  /** A job's terminal event; one that has succeeded stays so, whatever becomes of its set. */
  void end(SetWork work, int index, ActiveJob job, SetCause cause) {
    Membership member = Objects.requireNonNull(job.member());
    if (member.end() == Membership.End.SUCCEEDED) {
      Instant at = Objects.requireNonNull(member.endedAt());
      work.end(work.emit(job, at, new JobEvent.Succeeded()), Outcome.SUCCEEDED);
      return;
    }
    ActiveJob stopped = work.stop(job, ENDS);
    if (work.phase == Phase.CANCELLING) {
      work.end(
          work.emit(
              stopped, cause.at(), new JobEvent.Cancelled(cause.message(), cause.requestedBy())),
          Outcome.CANCELLED);
      return;
    }
    ClassifiedError failure = member.end() == Membership.End.FAILED ? work.failure(job) : null;
    JobEvent.Detail last = SetEvents.last(cause, index, failure);
    Instant at = failure == null ? work.now : failure.error().at();
    work.end(
        work.emit(stopped, at, last),
        last instanceof JobEvent.Preempted ? EndedJob.Outcome.PREEMPTED : Outcome.FAILED);
  }
}
