package io.faultline.domain.set;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.group.Fence;
import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.group.Onset;
import io.faultline.domain.job.ActiveJob;
import io.faultline.domain.job.CurrentRun;
import io.faultline.domain.job.EndedJob;
import io.faultline.domain.job.ExecutorCommand;
import io.faultline.domain.job.JobEffect;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.Membership;
import io.faultline.domain.job.Runs;
import io.faultline.domain.set.SetLayout.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one input does to a set: the set as it changes, and the effects. */
final class SetWork {

  final SetRecords records;
  final SetLayout layout;
  final Instant now;
  final JobIdentity job;
  final List<JobEffect> effects = new ArrayList<>();
  Phase phase;
  int cursor;
  GroupCounters counters;
  int alive;
  int done;
  int gaveUp;
  int returned;
  boolean owed;
  String executor;
  @Nullable Onset onset;
  @Nullable Instant wakeAt;
  @Nullable SetCause cause;
  @Nullable ActiveJob asOne;
  private @Nullable Instant scheduled;
  private boolean ended;

  SetWork(SetRecords records, ActiveSet set, Instant now) {
    this.records = records;
    this.layout = records.layout(set.setId());
    this.now = now;
    job = set.job();
    phase = set.phase();
    cursor = set.cursor();
    counters = set.counters();
    alive = set.tally().alive();
    done = set.tally().done();
    gaveUp = set.tally().gaveUp();
    returned = set.tally().returned();
    owed = set.tally().owed();
    executor = set.executor();
    onset = set.onset();
    wakeAt = set.wakeAt();
    cause = set.cause();
    asOne = set.asOne();
    scheduled = set.wakeAt();
  }

  /** On the set of a job. */
  static SetWork of(SetRecords records, ActiveJob job, Instant now) {
    Membership member = Objects.requireNonNull(job.member(), "a job of a set");
    if (records.set(member.setId()) instanceof ActiveSet set) {
      return new SetWork(records, set, now);
    }
    throw new IllegalStateException("the set of job " + job.job().jobId() + " is not there");
  }

  /** Its time has come: what was scheduled for it is gone. */
  void woken() {
    scheduled = null;
    wakeAt = null;
  }

  /** Keeps the set as it is now; the effects, in order. */
  List<JobEffect> finish() {
    if (!Objects.equals(scheduled, wakeAt)) {
      if (scheduled != null) {
        effects.add(new JobEffect.Unschedule(job, scheduled));
      }
      if (wakeAt != null) {
        effects.add(new JobEffect.Schedule(job, wakeAt));
      }
    }
    records.put(
        job.jobId(),
        ended
            ? new EndedSet(now)
            : new ActiveSet(
                job,
                phase,
                cursor,
                counters,
                new Tally(alive, done, gaveUp, returned, owed),
                executor,
                onset,
                wakeAt,
                cause,
                asOne));
    return List.copyOf(effects);
  }

  /** All its jobs had their terminal events: their specs go. */
  void endSet() {
    for (int member = 0; member < layout.members(); ) {
      Place first = layout.member(member);
      JobIdentity of = identity(first.templateFirst());
      effects.add(new JobEffect.DropSpec(of, first.template().spec()));
      member += first.template().replicas();
    }
    records.forget(job.jobId());
    wakeAt = null;
    ended = true;
  }

  JobIdentity identity(int index) {
    return SetIds.job(job, index);
  }

  /** A job that has not had its terminal event; null where it had, or is not made yet. */
  @Nullable ActiveJob active(int index) {
    return records.job(SetIds.job(job.jobId(), index)) instanceof ActiveJob active ? active : null;
  }

  SetMember member(Place place) {
    return records.member(job.jobId(), place.ordinal());
  }

  /** Which start of a member runs now. */
  Fence fence(SetMember member) {
    return new Fence(counters.restarts(), member.restarts());
  }

  void save(Place place, SetMember member) {
    records.put(job.jobId(), place.ordinal(), member);
  }

  void save(ActiveJob changed) {
    records.put(changed.job().jobId(), changed);
  }

  @Nullable ClassifiedError failure(ActiveJob of) {
    return records.failure(of.job().jobId());
  }

  /** An event about the job's current run, or about the job alone where nobody holds that. */
  ActiveJob emit(ActiveJob of, Instant at, JobEvent.Detail detail) {
    CurrentRun run = of.run();
    long sequence = of.nextSequence();
    effects.add(
        new JobEffect.Emit(
            run.held()
                ? JobEvent.ofRun(of.job(), run, at, sequence, detail)
                : JobEvent.ofJob(of.job(), at, sequence, detail)));
    return of.with(run, of.nextSequence() + 1);
  }

  /** The job had its terminal event. */
  void end(ActiveJob of, EndedJob.Outcome outcome) {
    forgetWait(of);
    records.put(of.job().jobId(), (ClassifiedError) null);
    records.put(of.job().jobId(), new EndedJob(outcome, of.nextSequence(), now));
  }

  /**
   * Its run is told to stop; one that nobody holds has stopped with that. One that is claimed later
   * is stopped then.
   */
  ActiveJob stop(ActiveJob of, String reason) {
    Membership member = of.member();
    if (member == null || !member.open()) {
      return of;
    }
    if (of.run().held()) {
      if (member.told()) {
        return of;
      }
      effects.addAll(Runs.tell(of.job(), of.run(), ExecutorCommand.Action.STOP, reason, now));
      return of.with(member.asTold());
    }
    forgetWait(of);
    return of.with(member.ended(Membership.End.STOPPED, now));
  }

  private void forgetWait(ActiveJob of) {
    Instant dueAt = of.run().dueAt();
    if (dueAt != null) {
      effects.add(new JobEffect.Unschedule(of.job(), dueAt));
    }
  }

  /** Where a job of it is. */
  Place place(ActiveJob of) {
    return layout.memberOf(membership(of).index());
  }

  Membership membership(ActiveJob of) {
    return Objects.requireNonNull(of.member(), "a job of a set");
  }

  /** What it is told by; there always is one where something is done with the whole set. */
  SetCause why() {
    return Objects.requireNonNull(cause, "a set that starts again or ends has a cause");
  }
}
