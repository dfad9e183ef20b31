package io.faultline.schemas.wire;

import io.faultline.domain.group.EndedBy;
import io.faultline.domain.group.Fence;
import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.group.GroupMember;
import io.faultline.domain.group.JobIndex;
import io.faultline.domain.group.JobRestarts;
import io.faultline.domain.group.ReplicatedJob;
import io.faultline.domain.watched.WatchedFailure;
import io.faultline.domain.watched.WatchedMember;
import io.faultline.domain.watched.WatchedPod;
import io.faultline.domain.watched.WatchedRecords.Kept;
import io.faultline.domain.watched.WatchedRound;
import io.faultline.domain.watched.WatchedSet;
import io.faultline.schemas.avro.WatchedKind;
import io.faultline.schemas.avro.WatchedMemberState;
import io.faultline.schemas.avro.WatchedPodState;
import io.faultline.schemas.avro.WatchedReplicas;
import io.faultline.schemas.avro.WatchedRestarts;
import io.faultline.schemas.avro.WatchedRoundState;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Jobs and JobSets of others: what is told of them, and what the decider remembers. */
final class WatchedWire {

  private WatchedWire() {}

  static io.faultline.schemas.avro.WatchedFailure failure(WatchedFailure failure) {
    return new io.faultline.schemas.avro.WatchedFailure(
        set(failure.set()),
        member(failure.member()),
        failure.executor(),
        failure.cluster(),
        failure.namespace());
  }

  static WatchedFailure failure(io.faultline.schemas.avro.WatchedFailure failure) {
    return new WatchedFailure(
        set(failure.getSet()),
        member(failure.getMember()),
        failure.getExecutor(),
        failure.getCluster(),
        failure.getNamespace());
  }

  private static io.faultline.schemas.avro.WatchedSet set(WatchedSet set) {
    return set == null
        ? null
        : new io.faultline.schemas.avro.WatchedSet(
            set.setId(),
            set.name(),
            Words.to(WatchedKind.class, set.kind()),
            set.replicatedJobs().stream()
                .map(job -> new WatchedReplicas(job.name(), job.replicas()))
                .toList(),
            set.policy() == null ? null : SetWire.policy(set.policy()),
            set.policyProblem(),
            set.counters().restarts(),
            set.counters().counted(),
            restarts(set.counters().jobs()));
  }

  private static WatchedSet set(io.faultline.schemas.avro.WatchedSet set) {
    return set == null
        ? null
        : new WatchedSet(
            set.getSetId(),
            set.getName(),
            Words.to(WatchedSet.Kind.class, set.getKind()),
            set.getReplicatedJobs().stream()
                .map(job -> new ReplicatedJob(job.getName(), job.getReplicas()))
                .toList(),
            set.getFailurePolicy() == null ? null : SetWire.policy(set.getFailurePolicy()),
            set.getPolicyProblem(),
            new GroupCounters(set.getRestarts(), set.getCounted(), restarts(set.getOfMembers())));
  }

  /** In an order, so that the same set is the same bytes. */
  private static List<WatchedRestarts> restarts(Map<JobIndex, JobRestarts> jobs) {
    return jobs.entrySet().stream()
        .map(
            each ->
                new WatchedRestarts(
                    each.getKey().replicatedJob(),
                    each.getKey().index(),
                    each.getValue().restarts(),
                    each.getValue().counted()))
        .sorted(
            Comparator.comparing(WatchedRestarts::getReplicatedJob)
                .thenComparing(WatchedRestarts::getIndex))
        .toList();
  }

  private static Map<JobIndex, JobRestarts> restarts(List<WatchedRestarts> jobs) {
    Map<JobIndex, JobRestarts> restarts = new LinkedHashMap<>();
    jobs.forEach(
        each ->
            restarts.put(
                new JobIndex(each.getReplicatedJob(), each.getIndex()),
                new JobRestarts(each.getRestarts(), each.getCounted())));
    return restarts;
  }

  private static io.faultline.schemas.avro.WatchedMember member(WatchedMember member) {
    return member == null
        ? null
        : new io.faultline.schemas.avro.WatchedMember(
            IdentityWire.job(member.job()),
            member.member().name(),
            member.member().replicatedJob(),
            member.member().index(),
            member.fence().generation(),
            member.fence().attempt(),
            member.reason(),
            member.message(),
            member.startedAt(),
            member.failedAt(),
            member.toldToStop(),
            member.failedPods());
  }

  private static WatchedMember member(io.faultline.schemas.avro.WatchedMember member) {
    return member == null
        ? null
        : new WatchedMember(
            IdentityWire.job(member.getJob()),
            new GroupMember(member.getName(), member.getReplicatedJob(), member.getIndex()),
            new Fence(member.getGeneration(), member.getAttempt()),
            member.getReason(),
            member.getMessage(),
            member.getStartedAt(),
            member.getFailedAt(),
            member.getToldToStop(),
            member.getFailedPods());
  }

  static WatchedPodState pod(WatchedPod pod) {
    return new WatchedPodState(
        IdentityWire.job(pod.job()),
        IdentityWire.run(pod.run()),
        pod.podName(),
        EvidenceWire.kind(pod.kind()),
        pod.categories(),
        pod.categoriesRevision(),
        Words.to(io.faultline.schemas.avro.EndedBy.class, pod.endedBy()),
        pod.at());
  }

  static WatchedPod pod(WatchedPodState pod) {
    return new WatchedPod(
        IdentityWire.job(pod.getJob()),
        IdentityWire.run(pod.getRun()),
        pod.getPodName(),
        EvidenceWire.kind(pod.getKind()),
        pod.getCategories(),
        pod.getCategoriesRevision(),
        Words.to(EndedBy.class, pod.getEndedBy()),
        pod.getAt());
  }

  static WatchedRoundState round(WatchedRound round) {
    return new WatchedRoundState(
        set(round.set()), round.knownAt(), round.ended(), round.failedAt(), round.decidedAt());
  }

  static WatchedRound round(WatchedRoundState round) {
    return new WatchedRound(
        set(round.getSet()),
        round.getKnownAt(),
        round.getEnded(),
        round.getFailedAt(),
        round.getDecidedAt());
  }

  static WatchedMemberState kept(Kept kept) {
    return new WatchedMemberState(member(kept.member()), kept.knownAt());
  }

  static Kept kept(WatchedMemberState kept) {
    return new Kept(member(kept.getMember()), kept.getKnownAt());
  }
}
