package io.faultline.domain.set;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.group.EndedBy;
import io.faultline.domain.group.JobFailure;
import io.faultline.domain.group.JobFailureReason;
import io.faultline.domain.group.Onset;
import io.faultline.domain.job.ActiveJob;
import io.faultline.domain.job.JobEffect;
import io.faultline.domain.job.Membership;
import io.faultline.domain.set.SetLayout.Place;
import io.faultline.domain.set.SetMember.Status;
import io.faultline.domain.workload.AfterPod;
import io.faultline.domain.workload.JobFailed;
import io.faultline.domain.workload.JobLayer;
import io.faultline.domain.workload.JobLimits;
import io.faultline.domain.workload.JobProgress;
import io.faultline.domain.workload.PodEnd;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What becomes of a member when runs of it begin and end, as Kubernetes' Jobs have it. */
final class SetMembers {

  private static final String FAILED = "its job has failed";
  private static final String AGAIN = "its job starts again";

  private final SetSettings settings;
  private final SetPasses passes;
  private final SetRequests requests;

  SetMembers(SetSettings settings, SetPasses passes, SetRequests requests) {
    this.settings = settings;
    this.passes = passes;
    this.requests = requests;
  }

  /** A run was claimed: with the first one its member begins, and so does its deadline. */
  void claimed(SetWork work, Place place) {
    work.alive++;
    SetMember member = work.member(place);
    member = member.withAlive(member.alive() + 1);
    if (member.progress() == null) {
      JobProgress begun = JobProgress.startedAt(work.now);
      member = member.with(begun);
      Instant deadline = JobLayer.deadline(place.template().limits(), begun);
      if (deadline != null) {
        work.effects.add(new JobEffect.Schedule(work.identity(place.first()), deadline));
      }
    }
    work.save(place, member);
  }

  /** A job's run ended: what of its member waited for that goes on. */
  void left(SetWork work, Place place, ActiveJob job) {
    SetMember member = work.member(place);
    if (job.run().held()) {
      work.alive--;
      member = member.withAlive(Math.max(0, member.alive() - 1));
      work.save(place, member);
      startIfStopped(work, place, member);
    }
    endIfGivenUp(work, member, place, work.membership(job).index());
  }

  /** A job of it succeeded. */
  void succeeded(SetWork work, Place place) {
    SetMember before = work.member(place);
    SetMember member = before.withSucceeded(before.succeeded() + 1);
    if (member.status() == Status.RUNS && member.succeeded() == place.template().pods()) {
      member = member.with(Status.DONE);
      work.done++;
    }
    work.save(place, member);
  }

  /** A run of it failed while it runs: another one follows, or it has failed. */
  void failed(SetWork work, Place place, ActiveJob job, ClassifiedError failure) {
    JobError error = failure.error();
    SetMember member = work.member(place);
    JobProgress before =
        member.progress() == null ? JobProgress.startedAt(work.now) : member.progress();
    PodEnd end = new PodEnd(error.namespace(), error.podName(), error.evidence());
    AfterPod after = JobLayer.afterPod(place.template().limits(), before, end, work.now);
    work.save(place, member.with(after.progress()));
    JobFailed failed = after.failed();
    if (failed == null) {
      int pods = after.progress().failedPods() + after.progress().ignoredPods();
      Instant due = work.now.plus(settings.podWait(Math.max(1, pods)));
      again(work, job, due);
      return;
    }
    // a gang's member is no Job of Kubernetes: its own words say more than those for one
    String message =
        work.layout.set().gang() ? failure.classification().message() : failed.message();
    List<String> categories = failure.classification().info().categories();
    gather(
        work,
        place,
        new MemberFailure(
            Objects.requireNonNull(job.member()).index(),
            new JobFailure(failed.reason(), message, categories),
            error.at(),
            work.now,
            EndedBy.of(error.evidence(), categories)));
  }

  /** Its deadline may have passed. */
  void atDeadline(SetWork work, Place place) {
    SetMember member = work.member(place);
    JobLimits limits = place.template().limits();
    if (member.status() != Status.RUNS || member.progress() == null) {
      return;
    }
    JobFailed failed = JobLayer.atTime(limits, member.progress(), work.now);
    if (failed != null) {
      JobFailure why = new JobFailure(failed.reason(), failed.message(), List.of());
      gather(
          work, place, new MemberFailure(place.first(), why, work.now, work.now, EndedBy.ITSELF));
    }
  }

  /** A run that never ran, or whose place another one takes. */
  void again(SetWork work, ActiveJob job, Instant due) {
    ActiveJob next = passes.next(work, job, AGAIN, due);
    work.save(next);
    if (next.run().waits()) {
      work.effects.add(new JobEffect.Schedule(next.job(), due));
    } else {
      int index = Objects.requireNonNull(next.member()).index();
      requests.of(work, index, index + 1);
    }
  }

  /** It has failed: its other runs end, and the set is decided once enough is known. */
  private void gather(SetWork work, Place place, MemberFailure why) {
    SetMember member = work.member(place).failed(why);
    work.save(place, member);
    stopAll(work, place, FAILED);
    Onset onset = Onset.of(why.of(place.group(), work.fence(member)));
    work.onset = work.onset == null ? onset : work.onset.and(onset);
    work.wakeAt = settings.settling().decideAt(work.onset);
  }

  private static void stopAll(SetWork work, Place place, String why) {
    for (int index = place.first(); index < place.end(); index++) {
      ActiveJob job = work.active(index);
      if (job != null) {
        work.save(work.stop(job, why));
      }
    }
  }

  /** It starts again alone, once all its runs have ended. */
  void restart(SetWork work, Place place) {
    SetMember member = work.member(place).startingAlone();
    work.save(place, member);
    blamedLeft(work, member.failure());
    startIfStopped(work, place, member);
  }

  private void startIfStopped(SetWork work, Place place, SetMember member) {
    if (work.phase != Phase.RUNNING || member.status() != Status.STOPPING || member.alive() > 0) {
      return;
    }
    work.save(place, member.fresh());
    for (int index = place.first(); index < place.end(); index++) {
      ActiveJob job = work.active(index);
      if (job != null) {
        work.save(passes.next(work, job, AGAIN, work.now));
      }
    }
    requests.of(work, place.first(), place.end());
  }

  /** Its executor is lost: what starts again may go elsewhere. */
  private static void blamedLeft(SetWork work, @Nullable MemberFailure why) {
    ActiveJob job = why == null ? null : work.active(why.job());
    ClassifiedError failure = job == null ? null : work.failure(job);
    if (failure != null && failure.error().evidence().kind() == EvidenceKind.LEASE_EXPIRED) {
      work.executor = "";
    }
  }

  /** It has failed for good; the others run on. Its jobs end as their runs do. */
  void giveUp(SetWork work, Place place) {
    SetMember member = work.member(place).with(Status.GAVE_UP);
    work.save(place, member);
    work.gaveUp++;
    for (int index = place.first(); index < place.end(); index++) {
      endIfGivenUp(work, member, place, index);
    }
  }

  /** A job of a member that has failed for good has its terminal event once its run has ended. */
  private void endIfGivenUp(SetWork work, SetMember member, Place place, int index) {
    ActiveJob job = work.active(index);
    MemberFailure why = member.failure();
    if (job == null || why == null || !job.awaitsItsSet() || member.status() != Status.GAVE_UP) {
      return;
    }
    JobFailureReason reason = why.failure().reason();
    SetCause cause =
        new SetCause(
            why.job(),
            null,
            reason == null ? "JobFailed" : reason.word(),
            why.failure().message() + " (failed job: " + place.group().name() + ")",
            "",
            false,
            work.now,
            "");
    passes.end(work, index, job, cause);
  }

  /** Whether a job's failure is weighed: its member runs, and it was not told to stop. */
  static boolean weighs(SetWork work, Place place, Membership job) {
    return work.phase == Phase.RUNNING && work.member(place).status() == Status.RUNS && !job.told();
  }
}
