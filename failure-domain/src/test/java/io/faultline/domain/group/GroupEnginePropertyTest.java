package io.faultline.domain.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.pattern.Re2Pattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds whatever fails, in whatever order it comes to be known. */
class GroupEnginePropertyTest {

  @Property
  void noOrderOfArrivalChangesTheDecision(
      @ForAll("policies") FailurePolicy policy,
      @ForAll("failures") @Size(min = 1, max = 12) List<FailedMember> failures,
      @ForAll Random random) {
    List<FailedMember> shuffled = new ArrayList<>(failures);
    Collections.shuffle(shuffled, random);
    shuffled.addAll(failures.subList(0, failures.size() / 2)); // some are told twice
    assertThat(decisions(policy, shuffled)).isEqualTo(decisions(policy, failures));
    assertThat(Onset.of(shuffled)).isEqualTo(Onset.of(failures));
    assertThat(Settling.DEFAULT.decidedAt(shuffled))
        .isEqualTo(Settling.DEFAULT.decidedAt(failures));
  }

  @Property
  void whatIsKeptOfFailuresTellsWhetherACauseIsAmongThem(
      @ForAll("failures") @Size(min = 1, max = 6) List<FailedMember> failures) {
    assertThat(Onset.of(failures).causeKnown())
        .isEqualTo(!Election.of(failures).causes().isEmpty());
  }

  @Property
  void whatComesLateChangesNothing(
      @ForAll("policies") FailurePolicy policy,
      @ForAll("failures") @Size(min = 1, max = 6) List<FailedMember> failures,
      @ForAll("failures") @Size(min = 1, max = 6) List<FailedMember> others,
      @ForAll Random random) {
    GroupCounters second = new GroupCounters(1, 0, Map.of());
    List<FailedMember> now =
        failures.stream().map(each -> Failed.started(each, new Fence(1, 0))).toList();
    List<FailedMember> all = new ArrayList<>(now);
    all.addAll(others); // of the first generation
    Collections.shuffle(all, random);
    assertThat(Gathered.of(all, second, Failed.SHAPE).current())
        .isEqualTo(Gathered.of(now, second, Failed.SHAPE).current());
  }

  @Property
  void collateralIsNotBlamedWhereACauseIsKnown(
      @ForAll("policies") FailurePolicy policy,
      @ForAll("failures") @Size(min = 1, max = 12) List<FailedMember> failures) {
    List<FailedMember> failed = gathered(failures, GroupCounters.NONE);
    Election election = Election.of(failed);
    List<GroupDecision> decisions =
        GroupEngine.decideAll(policy, failed, GroupCounters.NONE, Failed.SHAPE);
    List<FailedMember> causes = new ArrayList<>(election.causes());
    for (GroupDecision decision : decisions) {
      assertThat(causes.isEmpty() || causes.remove(decision.blamed())).isTrue();
      assertThat(decision.collateral()).doesNotContain(decision.blamed());
    }
  }

  @Property
  void restartsThatCountNeverExceedTheLimit(
      @ForAll("policies") FailurePolicy policy,
      @ForAll @Size(max = 30) List<@IntRange(max = 11) Integer> rounds,
      @ForAll("failures") @Size(min = 12, max = 12) List<FailedMember> failures) {
    GroupCounters counters = GroupCounters.NONE;
    for (int round : rounds) {
      FailedMember failed = failures.get(round);
      Fence fence = Fence.of(failed.member(), counters);
      GroupDecision decision =
          GroupEngine.decide(
              policy, List.of(Failed.started(failed, fence)), counters, Failed.SHAPE);
      GroupCounters after = decision.counters();
      assertThat(after.countedInAll()).isLessThanOrEqualTo(policy.maxRestarts());
      assertThat(after.countedInAll() - counters.countedInAll())
          .isEqualTo(decision.counts() ? 1 : 0);
      boolean restarted =
          decision.outcome() == GroupOutcome.RESTART_ALL
              || decision.outcome() == GroupOutcome.RESTART_ONE;
      assertThat(Fence.of(failed.member(), after).equals(fence))
          .as("a new start has a fence of its own")
          .isEqualTo(!restarted);
      counters = after;
    }
  }

  @Property
  void everyFailedMemberIsDecidedAboutOnceAtMost(
      @ForAll("policies") FailurePolicy policy,
      @ForAll("failures") @Size(min = 1, max = 12) List<FailedMember> failures) {
    List<GroupDecision> decisions = decisions(policy, failures);
    assertThat(decisions.stream().map(GroupDecision::blamed)).doesNotHaveDuplicates();
    GroupDecision last = decisions.get(decisions.size() - 1);
    assertThat(
            last.outcome().endsGeneration()
                || decisions.size() == gathered(failures, GroupCounters.NONE).size())
        .isTrue();
    assertThat(decisions.subList(0, decisions.size() - 1))
        .noneMatch(decision -> decision.outcome().endsGeneration());
  }

  private static List<GroupDecision> decisions(FailurePolicy policy, List<FailedMember> failures) {
    return GroupEngine.decideAll(
        policy, gathered(failures, GroupCounters.NONE), GroupCounters.NONE, Failed.SHAPE);
  }

  private static List<FailedMember> gathered(List<FailedMember> failed, GroupCounters counters) {
    return Gathered.of(failed, counters, Failed.SHAPE).current();
  }

  @Provide
  Arbitrary<List<FailedMember>> failures() {
    Arbitrary<GroupMember> members =
        Arbitraries.integers()
            .between(-1, 3)
            .map(
                i ->
                    i < 0
                        ? new GroupMember("s-leader-0", "leader", 0)
                        : i == 3
                            ? new GroupMember("stranger", "", null)
                            : new GroupMember("s-workers-" + i, "workers", i));
    Arbitrary<JobFailure> why =
        Combinators.combine(
                Arbitraries.of(JobFailureReason.class).injectNull(0.2),
                Arbitraries.of("", "exit code 1", "exit code 143"),
                Arbitraries.of("gpu", "preempted").list().ofMaxSize(2))
            .as(JobFailure::new);
    Arbitrary<Instant> times = Arbitraries.longs().between(0, 4).map(Instant::ofEpochSecond);
    return Combinators.combine(
            members, why, times, times, Arbitraries.of(EndedBy.class), Arbitraries.of(true, false))
        .as((m, w, at, known, by, told) -> new FailedMember(m, Fence.FIRST, w, at, known, by, told))
        .list();
  }

  @Provide
  Arbitrary<FailurePolicy> policies() {
    Arbitrary<FailurePolicyRule> rules =
        Combinators.combine(
                Arbitraries.of(GroupAction.class),
                Arbitraries.of(JobFailureReason.class).set().ofMaxSize(2),
                Arbitraries.of("143", ".*").map(Re2Pattern::compile).list().ofMaxSize(1),
                Arbitraries.of("leader", "workers").set().ofMaxSize(1),
                Arbitraries.of("gpu", "preempted").set().ofMaxSize(1))
            .as(
                (action, reasons, messages, targets, categories) ->
                    new FailurePolicyRule(
                        "r", action, reasons, messages, targets, Set.copyOf(categories)));
    return Combinators.combine(Arbitraries.integers().between(0, 3), rules.list().ofMaxSize(3))
        .as(FailurePolicy::new);
  }
}
