package io.faultline.domain.watched;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.group.FailurePolicy;
import io.faultline.domain.group.FailurePolicyRule;
import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.group.GroupDecision;
import io.faultline.domain.group.GroupMember;
import io.faultline.domain.group.GroupVerdict;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.DecisionRecord;
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
    return decision.asOfOneJob(policy, before, message(decision), trace);
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
    return GroupVerdict.of(
        set.setId(),
        set.name(),
        decision.blamed().fence().generation(),
        decision.outcome(),
        decision.action(),
        decision.reason(),
        decision.blamed(),
        jobs.size(),
        decision.collateral(),
        decision.counters());
  }
}
