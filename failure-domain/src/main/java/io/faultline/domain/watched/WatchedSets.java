package io.faultline.domain.watched;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.group.FailedMember;
import io.faultline.domain.group.Gathered;
import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.group.GroupDecision;
import io.faultline.domain.group.GroupEngine;
import io.faultline.domain.group.GroupMember;
import io.faultline.domain.group.JobIndex;
import io.faultline.domain.group.JobRestarts;
import io.faultline.domain.group.Onset;
import io.faultline.domain.group.Settling;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.watched.WatchedRecords.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers failures of the Jobs of others by set and generation, and says once what the set's
 * failure policy would do. There is nothing but advice: no event, no run, no command.
 *
 * <p>Each failed Job is joined with its failed pods, which are told by themselves and come in any
 * order. So a generation is decided after the settle window, once a cause is known and each Job's
 * pods are; else it is looked at again after twice the time, until the settle limit.
 */
public final class WatchedSets {

  /**
   * How long a generation is remembered once it was decided: longer than a Job can have failed ago
   * to be told at all.
   */
  public static final Duration REMEMBERED = Duration.ofDays(31);

  /** How long a failed pod is kept whose Job has not failed. */
  public static final Duration POD_KEPT = Duration.ofDays(1);

  private final Settling settling;

  /** Gathers failures for as long as this says. */
  public WatchedSets(Settling settling) {
    this.settling = settling;
  }

  /** A Job failed. One that is known already, or comes too late, changes nothing. */
  public void failed(WatchedRecords records, WatchedFailure failure, Instant now) {
    WatchedMember member = failure.member();
    String key = WatchedRecords.key(failure.set().setId(), member.fence());
    WatchedRound known = records.round(key);
    WatchedRound round = known == null ? WatchedRound.NEW : known;
    if (round.late(member) || records.knows(key, failure.id())) {
      return;
    }
    records.put(key, failure.id(), new Kept(member, now));
    if (round.knownAt() == null) {
      records.put(key, round.with(failure.set(), now));
      records.wakeAt(key, now.plus(settling.window()));
    }
  }

  /** A pod of a Job failed, which may fail the Job. */
  public void failed(WatchedRecords records, ClassifiedError failure, Instant now) {
    if (failure.counted() && failure.error().terminal()) {
      WatchedPod pod = WatchedPod.of(failure);
      records.put(pod);
      records.forgetPodAt(pod, now.plus(POD_KEPT));
    }
  }

  /** It is time for a generation: to look whether it can be decided, or to forget it. */
  public List<DecisionRecord> wake(WatchedRecords records, String key, Instant now) {
    WatchedRound round = records.round(key);
    if (round == null) {
      return List.of();
    }
    if (round.knownAt() != null && round.set() != null) {
      return look(records, key, round.set(), round, round.knownAt(), now);
    }
    if (round.decidedAt() != null && !now.isBefore(round.decidedAt().plus(REMEMBERED))) {
      records.forget(key);
    }
    return List.of();
  }

  private List<DecisionRecord> look(
      WatchedRecords records,
      String key,
      WatchedSet set,
      WatchedRound round,
      Instant knownAt,
      Instant now) {
    if (now.isBefore(knownAt.plus(settling.window()))) {
      return List.of(); // woken for something else
    }
    List<PodsOfJob> all = jobs(records, key);
    List<PodsOfJob> jobs = newest(all);
    Instant limit = knownAt.plus(settling.limit());
    if (now.isBefore(limit) && !settled(jobs)) {
      Instant again = now.plus(longer(Duration.between(knownAt, now), Duration.ofSeconds(1)));
      records.wakeAt(key, again.isAfter(limit) ? limit : again);
      return List.of();
    }
    List<FailedMember> failed = jobs.stream().map(PodsOfJob::member).toList();
    GroupCounters counters = counters(set, failed);
    List<GroupDecision> decisions =
        GroupEngine.decideAll(
            set.policy(),
            Gathered.of(failed, counters, set.shape()).current(),
            counters,
            set.shape());
    weighed(records, key, all);
    records.put(
        key,
        round.decided(
            decisions.stream().map(GroupDecision::outcome).toList(),
            failed.stream().map(FailedMember::failedAt).max(Instant::compareTo).orElse(now),
            now));
    records.wakeAt(key, now.plus(REMEMBERED));
    return new WatchedVerdicts(set, jobs, now).records(decisions);
  }

  private static boolean settled(List<PodsOfJob> jobs) {
    return jobs.stream().allMatch(PodsOfJob::complete)
        && Onset.of(jobs.stream().map(PodsOfJob::member).toList()).causeKnown();
  }

  private static List<PodsOfJob> jobs(WatchedRecords records, String key) {
    List<PodsOfJob> jobs = new ArrayList<>();
    for (Kept kept : records.gathered(key)) {
      WatchedMember member = kept.member();
      if (member != null) {
        jobs.add(new PodsOfJob(member, kept.knownAt(), records.pods(member.job().jobId())));
      }
    }
    return jobs;
  }

  /** Of a Job that failed in two starts of its own the later one. */
  private static List<PodsOfJob> newest(List<PodsOfJob> all) {
    Map<GroupMember, PodsOfJob> newest = new LinkedHashMap<>();
    for (PodsOfJob job : all) {
      newest.merge(
          job.failed().member(),
          job,
          (a, b) -> a.failed().fence().attempt() < b.failed().fence().attempt() ? b : a);
    }
    return List.copyOf(newest.values());
  }

  /**
   * What was told of the set may be older, or newer, than the start of a member that is weighed.
   * Its generation is the one that is decided about.
   */
  private static GroupCounters counters(WatchedSet set, List<FailedMember> failed) {
    Map<JobIndex, JobRestarts> jobs = new LinkedHashMap<>(set.counters().jobs());
    for (FailedMember each : failed) {
      JobIndex index = each.member().jobIndex();
      int attempt = each.fence().attempt();
      if (index != null && set.counters().of(each.member()).restarts() != attempt) {
        int counted = Math.min(attempt, set.counters().of(each.member()).counted());
        jobs.put(index, new JobRestarts(attempt, counted));
      }
    }
    int generation = failed.get(0).fence().generation();
    return new GroupCounters(generation, Math.min(generation, set.counters().counted()), jobs);
  }

  /** What was weighed is known from now on, and no more. */
  private static void weighed(WatchedRecords records, String key, List<PodsOfJob> all) {
    for (PodsOfJob job : all) {
      records.put(key, job.failed().job().jobId(), new Kept(null, job.knownAt()));
      job.pods().forEach(pod -> records.forgetPod(pod.job().jobId(), pod.run().runId()));
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
