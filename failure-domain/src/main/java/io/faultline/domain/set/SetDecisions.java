package io.faultline.domain.set;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.group.Election;
import io.faultline.domain.group.FailedMember;
import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.group.GroupDecision;
import io.faultline.domain.group.GroupEngine;
import io.faultline.domain.group.GroupMember;
import io.faultline.domain.group.Onset;
import io.faultline.domain.job.ActiveJob;
import io.faultline.domain.job.JobEffect;
import io.faultline.domain.job.RetryJudge;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.domain.retry.FailedText;
import io.faultline.domain.retry.PolicyChoice;
import io.faultline.domain.set.SetLayout.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides about a set of which members have failed, and begins what was decided. */
final class SetDecisions {

  /** A decision may be about one member alone, and weighs all that have failed each time. */
  private static final int WEIGHED_AT_ONCE = 1_000_000;

  private final RetryJudge judge;
  private final SetPasses passes;
  private final SetMembers members;

  SetDecisions(RetryJudge judge, SetPasses passes, SetMembers members) {
    this.judge = judge;
    this.passes = passes;
    this.members = members;
  }

  /** Failed members, and where they are. */
  private record Failed(List<FailedMember> all, Map<GroupMember, Place> places) {

    Place place(FailedMember of) {
      return Objects.requireNonNull(places.get(of.member()));
    }
  }

  /**
   * Weighs the failures that were gathered; where too much is to be decided at once, the rest
   * follows when it is woken again.
   */
  void settle(SetWork work, PolicyChoice policies) {
    Onset onset = Objects.requireNonNull(work.onset, "a set that settles");
    work.onset = null;
    Failed failed = failed(work);
    Election election = Election.of(failed.all(), onset);
    if (election.isEmpty()) {
      return;
    }
    SetDefinition set = work.layout.set();
    if (set.gang() && set.failurePolicy() == null) {
      asOneJob(work, failed, election, policies);
      return;
    }
    long weighed = 0;
    while (!election.isEmpty()) {
      weighed += failed.all().size();
      if (weighed > WEIGHED_AT_ONCE) {
        work.onset = onset;
        work.wakeAt = work.now;
        return;
      }
      GroupDecision decision =
          GroupEngine.decide(set.failurePolicy(), election, work.counters, work.layout.shape());
      carryOut(work, failed, decision);
      if (decision.outcome().endsGeneration()) {
        return;
      }
      election = election.without(decision.blamed());
    }
  }

  private static Failed failed(SetWork work) {
    List<FailedMember> all = new ArrayList<>();
    Map<GroupMember, Place> places = new HashMap<>();
    for (int ordinal = 0; ordinal < work.layout.members(); ordinal++) {
      SetMember member = work.records.member(work.job.jobId(), ordinal);
      MemberFailure why = member.failure();
      if (member.status() == SetMember.Status.FAILED && why != null) {
        Place place = work.layout.member(ordinal);
        all.add(why.of(place.group(), work.fence(member)));
        places.put(place.group(), place);
      }
    }
    // they come in the order in which equals are weighed
    return new Failed(all, places);
  }

  private void carryOut(SetWork work, Failed failed, GroupDecision decision) {
    Place place = failed.place(decision.blamed());
    MemberFailure why = Objects.requireNonNull(work.member(place).failure());
    ActiveJob job = Objects.requireNonNull(work.active(why.job()));
    ClassifiedError failure = work.failure(job);
    work.effects.add(
        new JobEffect.Decide(
            SetVerdicts.record(work, job, failure, decision, failed.all().size())));
    work.counters = decision.counters().summed();
    SetCause cause =
        new SetCause(
            why.job(),
            failure == null ? EvidenceKind.POD_ISSUE : failure.error().evidence().kind(),
            decision.reason(),
            decision.message(),
            "",
            false,
            work.now,
            "");
    switch (decision.outcome()) {
      case FAILED -> passes.begin(work, Phase.FAILING, cause);
      case RESTART_ALL -> passes.begin(work, Phase.STOPPING, cause);
      case RESTART_ONE -> members.restart(work, place);
      case FAIL_ONE -> members.giveUp(work, place);
    }
  }

  /** A gang without failure policy: to the policies of its queue it is one job. */
  private void asOneJob(SetWork work, Failed failed, Election election, PolicyChoice policies) {
    FailedMember blamed = election.firstSuspect();
    MemberFailure why = Objects.requireNonNull(work.member(failed.place(blamed)).failure());
    ActiveJob job = Objects.requireNonNull(work.active(why.job()));
    ClassifiedError failure = Objects.requireNonNull(work.failure(job));
    RetryJudge.Judged judged =
        judge.judge(Objects.requireNonNull(work.asOne), failure, policies, work.now);
    ActiveJob retried = judged.retried();
    GroupCounters after = retried == null ? work.counters : work.counters.afterRestart(true);
    if (judged.record() != null) {
      work.effects.add(
          new JobEffect.Decide(SetVerdicts.record(work, judged.record(), blamed, election, after)));
    }
    SetCause cause = cause(why.job(), blamed, failure, judged.decision(), retried, work.now);
    if (retried == null) {
      passes.begin(work, Phase.FAILING, cause);
    } else {
      work.counters = after;
      work.asOne = retried;
      passes.begin(work, Phase.STOPPING, cause);
    }
  }

  private static SetCause cause(
      int job,
      FailedMember blamed,
      ClassifiedError failure,
      Decision decision,
      @Nullable ActiveJob retried,
      Instant now) {
    Instant due = retried == null ? null : retried.run().dueAt();
    String named = " (first failed job: " + blamed.name() + ")";
    String said = FailedText.message(decision, "");
    return new SetCause(
        job,
        failure.error().evidence().kind(),
        FailedText.reason(decision, failure.error().evidence()),
        (said.isEmpty() ? "gang failed" : said) + named,
        decision.policy(),
        decision.reason() == DecisionReason.PREEMPTED,
        due == null ? now : due,
        "");
  }
}
