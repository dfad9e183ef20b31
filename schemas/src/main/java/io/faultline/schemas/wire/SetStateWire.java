package io.faultline.schemas.wire;

import io.faultline.domain.group.EndedBy;
import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.group.JobFailure;
import io.faultline.domain.group.JobFailureReason;
import io.faultline.domain.group.Onset;
import io.faultline.domain.set.ActiveSet;
import io.faultline.domain.set.EndedSet;
import io.faultline.domain.set.MemberFailure;
import io.faultline.domain.set.Phase;
import io.faultline.domain.set.SetCause;
import io.faultline.domain.set.SetMember;
import io.faultline.domain.set.SetState;
import io.faultline.domain.set.Tally;
import io.faultline.domain.workload.JobProgress;
import io.faultline.schemas.avro.ActiveSetState;
import io.faultline.schemas.avro.EndedSetState;
import io.faultline.schemas.avro.MemberFailureState;
import io.faultline.schemas.avro.MemberStatus;
import io.faultline.schemas.avro.OnsetState;
import io.faultline.schemas.avro.SetCauseState;
import io.faultline.schemas.avro.SetPhase;
import java.util.Map;

/** What the decider remembers of a set and its members. */
final class SetStateWire {

  private SetStateWire() {}

  static io.faultline.schemas.avro.SetState state(SetState state) {
    if (state instanceof ActiveSet active) {
      return new io.faultline.schemas.avro.SetState(active(active));
    } else if (state instanceof EndedSet ended) {
      return new io.faultline.schemas.avro.SetState(new EndedSetState(ended.at()));
    }
    throw new IllegalStateException("state without a mapping: " + state);
  }

  static SetState state(io.faultline.schemas.avro.SetState state) {
    if (state.getState() instanceof ActiveSetState active) {
      return active(active);
    } else if (state.getState() instanceof EndedSetState ended) {
      return new EndedSet(ended.getAt());
    }
    throw new IllegalStateException("state without a mapping: " + state);
  }

  private static ActiveSetState active(ActiveSet set) {
    Tally tally = set.tally();
    return new ActiveSetState(
        IdentityWire.job(set.job()),
        Words.to(SetPhase.class, set.phase()),
        set.cursor(),
        set.counters().restarts(),
        set.counters().counted(),
        set.counters().countedOfJobs(),
        tally.alive(),
        tally.done(),
        tally.gaveUp(),
        tally.returned(),
        tally.owed(),
        set.executor(),
        onset(set.onset()),
        set.wakeAt(),
        cause(set.cause()),
        set.asOne() == null ? null : JobStateWire.active(set.asOne()));
  }

  private static ActiveSet active(ActiveSetState set) {
    return new ActiveSet(
        IdentityWire.job(set.getJob()),
        Words.to(Phase.class, set.getPhase()),
        set.getCursor(),
        new GroupCounters(set.getRestarts(), set.getCounted(), Map.of(), set.getCountedOfMembers()),
        new Tally(set.getAlive(), set.getDone(), set.getGaveUp(), set.getReturned(), set.getOwed()),
        set.getExecutor(),
        onset(set.getOnset()),
        set.getWakeAt(),
        cause(set.getCause()),
        set.getAsOne() == null ? null : JobStateWire.active(set.getAsOne()));
  }

  private static OnsetState onset(Onset onset) {
    return onset == null
        ? null
        : new OnsetState(onset.knownAt(), onset.failedAt(), onset.bySignalAt(), onset.itselfAt());
  }

  private static Onset onset(OnsetState onset) {
    return onset == null
        ? null
        : new Onset(
            onset.getKnownAt(), onset.getFailedAt(), onset.getBySignalAt(), onset.getItselfAt());
  }

  private static SetCauseState cause(SetCause cause) {
    return cause == null
        ? null
        : new SetCauseState(
            cause.job(),
            cause.kind() == null ? null : EvidenceWire.kind(cause.kind()),
            cause.reason(),
            cause.message(),
            cause.policy(),
            cause.preempted(),
            cause.at(),
            cause.requestedBy());
  }

  private static SetCause cause(SetCauseState cause) {
    return cause == null
        ? null
        : new SetCause(
            cause.getJob(),
            cause.getKind() == null ? null : EvidenceWire.kind(cause.getKind()),
            cause.getReason(),
            cause.getMessage(),
            cause.getPolicy(),
            cause.getPreempted(),
            cause.getAt(),
            cause.getRequestedBy());
  }

  static io.faultline.schemas.avro.SetMember member(SetMember member) {
    JobProgress progress = member.progress();
    return new io.faultline.schemas.avro.SetMember(
        Words.to(MemberStatus.class, member.status()),
        member.alive(),
        member.succeeded(),
        progress == null ? 0 : progress.failedPods(),
        progress == null ? 0 : progress.ignoredPods(),
        progress == null ? null : progress.startedAt(),
        failure(member.failure()),
        member.restarts());
  }

  static SetMember member(io.faultline.schemas.avro.SetMember member) {
    return new SetMember(
        Words.to(SetMember.Status.class, member.getStatus()),
        member.getAlive(),
        member.getSucceeded(),
        member.getStartedAt() == null
            ? null
            : new JobProgress(
                member.getFailedPods(), member.getIgnoredPods(), member.getStartedAt()),
        failure(member.getFailure()),
        member.getRestarts());
  }

  private static MemberFailureState failure(MemberFailure failure) {
    return failure == null
        ? null
        : new MemberFailureState(
            failure.job(),
            failure.failure().reason() == null
                ? null
                : Words.to(
                    io.faultline.schemas.avro.JobFailureReason.class, failure.failure().reason()),
            failure.failure().message(),
            failure.failure().categories(),
            failure.failedAt(),
            failure.knownAt(),
            Words.to(io.faultline.schemas.avro.EndedBy.class, failure.endedBy()));
  }

  private static MemberFailure failure(MemberFailureState failure) {
    return failure == null
        ? null
        : new MemberFailure(
            failure.getJob(),
            new JobFailure(
                failure.getReason() == null
                    ? null
                    : Words.to(JobFailureReason.class, failure.getReason()),
                failure.getMessage(),
                failure.getCategories()),
            failure.getFailedAt(),
            failure.getKnownAt(),
            Words.to(EndedBy.class, failure.getEndedBy()));
  }
}
