package io.faultline.domain.watched;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.group.FailedMember;
import io.faultline.domain.group.FailurePolicy;
import io.faultline.domain.group.FailurePolicyRule;
import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.group.GroupDecision;
import io.faultline.domain.group.GroupMember;
import io.faultline.domain.group.GroupOutcome;
import io.faultline.domain.group.GroupReasons;
import io.faultline.domain.group.GroupVerdict;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.retry.Mutations;
import io.faultline.domain.retry.TraceStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What was decided about a set of others, as advice. */
final class WatchedVerdicts {

  private final WatchedSet set;
  private final Map<GroupMember, PodsOfJob> jobs = new HashMap<>();
  private final Instant now;

  WatchedVerdicts(WatchedSet set, List<PodsOfJob> jobs, Instant now) {
    this.set = set;
    this.now = now;
    jobs.forEach(job -> this.jobs.put(job.failed().member(), job));
  }

  /** One for each decision, in order. */
  List<DecisionRecord> records(List<GroupDecision> decisions) {
    List<DecisionRecord> records = new ArrayList<>();
    GroupCounters before = set.counters();
    for (GroupDecision decision : decisions) {
      records.add(record(decision, before));
      before = decision.counters();
    }
    return List.copyOf(records);
  }

  /** It stands beside the failure of the pod that failed the Job, where that is known. */
  private DecisionRecord record(GroupDecision decision, GroupCounters before) {
    PodsOfJob blamed = Objects.requireNonNull(jobs.get(decision.blamed().member()));
    Optional<WatchedPod> pod = blamed.culprit();
    WatchedMember member = blamed.failed();
    return new DecisionRecord(
        pod.map(WatchedPod::job).orElse(member.job()),
        pod.map(WatchedPod::run)
            .orElse(new RunIdentity(member.job().jobId(), member.fence().attempt())),
        pod.map(WatchedPod::kind).orElse(EvidenceKind.POD_ISSUE),
        asOfOneJob(decision, before),
        0,
        pod.map(WatchedPod::categoriesRevision).orElse(0L),
        null,
        true,
        now,
        verdict(decision));
  }

  private Decision asOfOneJob(GroupDecision decision, GroupCounters before) {
    FailurePolicy policy = set.policy();
    List<TraceStep> trace = new ArrayList<>();
    if (!set.policyProblem().isEmpty()) {
      trace.add(
          new TraceStep(
              "failurePolicy", TraceStep.cut(set.policyProblem()), "one that is read", false));
    }
    trace.addAll(decision.trace());
    return new Decision(
        decision.outcome() == GroupOutcome.RESTART_ALL
            || decision.outcome() == GroupOutcome.RESTART_ONE,
        reason(decision),
        message(decision),
        "",
        decision.ruleIndex(),
        decision.ruleName(),
        (int) Math.min(Integer.MAX_VALUE, before.countedInAll()),
        policy == null ? 0 : policy.maxRestarts(),
        0,
        decision.counts(),
        null,
        Mutations.NONE,
        trace);
  }

  private static DecisionReason reason(GroupDecision decision) {
    return switch (decision.outcome()) {
      case RESTART_ALL, RESTART_ONE -> DecisionReason.RETRY;
      case FAIL_ONE -> DecisionReason.FAIL_RULE;
      case FAILED ->
          switch (decision.reason()) {
            case GroupReasons.REACHED_MAX_RESTARTS -> DecisionReason.FAIL_POLICY_LIMIT;
            case GroupReasons.FAILED_JOBS -> DecisionReason.NO_POLICY;
            default -> DecisionReason.FAIL_RULE;
          };
    };
  }

  private String message(GroupDecision decision) {
    WatchedMember blamed = Objects.requireNonNull(jobs.get(decision.blamed().member())).failed();
    String said =
        set.kind() == WatchedSet.Kind.JOB && set.policy() == null
            ? "job " + set.name() + " failed: " + blamed.reason() + ": " + blamed.message()
            : decision.message();
    String apart = toldApartBy(decision);
    return said
        + (apart.isEmpty() ? "" : "; told apart by category " + apart)
        + (set.policyProblem().isEmpty() ? "" : "; " + set.policyProblem());
  }

  /** The category by which the rule that decided knows its failures; empty where it asks none. */
  private String toldApartBy(GroupDecision decision) {
    FailurePolicy policy = set.policy();
    if (policy == null || decision.ruleIndex() == null) {
      return "";
    }
    FailurePolicyRule rule = policy.rules().get(decision.ruleIndex());
    return decision.blamed().failure().categories().stream()
        .filter(rule.categories()::contains)
        .findFirst()
        .orElse("");
  }

  private GroupVerdict verdict(GroupDecision decision) {
    FailedMember blamed = decision.blamed();
    List<FailedMember> collateral = decision.collateral();
    GroupCounters after = decision.counters();
    return new GroupVerdict(
        set.setId(),
        set.name(),
        blamed.fence().generation(),
        decision.outcome(),
        decision.action(),
        decision.reason(),
        blamed.name(),
        blamed.failure().reason(),
        blamed.failure().message(),
        jobs.size(),
        collateral.stream().limit(GroupVerdict.NAMED).map(FailedMember::name).toList(),
        collateral.size(),
        after.restarts(),
        after.counted(),
        (int) Math.min(Integer.MAX_VALUE, after.countedOfJobs()),
        blamed.failure().categories());
  }
}
