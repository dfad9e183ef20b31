package io.faultline.domain.set;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.group.FailurePolicy;
import io.faultline.domain.group.FailurePolicyRule;
import io.faultline.domain.group.GroupAction;
import io.faultline.domain.group.GroupOutcome;
import io.faultline.domain.group.GroupReasons;
import io.faultline.domain.job.EndedJob;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.job.RunState;
import io.faultline.domain.job.SpecRef;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.workload.JobLimits;
import io.faultline.domain.workload.PodFailurePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SetMachineTest {

  static final Duration WINDOW = Duration.ofSeconds(2);
  static final SpecRef SPEC = new SpecRef(0, 7, "ab");
  static final JobLimits ONCE = new JobLimits(PodFailurePolicy.NONE, 0, null);

  /** Two drivers and six workers: jobs 0 and 1, and 2 to 7. */
  static SetDefinition eight(@Nullable FailurePolicy policy) {
    return new SetDefinition(
        "train",
        false,
        List.of(
            new SetTemplate(SPEC, "driver", 2, 1, ONCE),
            new SetTemplate(SPEC, "workers", 6, 1, ONCE)),
        policy,
        false);
  }

  static FailurePolicyRule onCategory(int code, GroupAction action) {
    return new FailurePolicyRule(
        "on" + code, action, Set.of(), List.of(), Set.of(), Set.of("cat-" + code));
  }

  private static FailurePolicy policy(int maxRestarts, FailurePolicyRule... rules) {
    return new FailurePolicy(maxRestarts, List.of(rules));
  }

  @Test
  void aSetIsAskedForAtOnceAndSucceedsWhenAllItsJobsHave() {
    SetWorld world = SetWorld.of(eight(policy(0)));
    assertThat(world.requests).hasSize(1);
    assertThat(world.requests.get(0).runs()).isEqualTo(8);
    world.claim();
    for (int index = 0; index < 8; index++) {
      assertThat(world.eventsOf(index)).noneMatch(SetWorld::terminal);
      world.succeed(index);
    }
    for (int index = 0; index < 8; index++) {
      assertThat(world.last(index)).isInstanceOf(JobEvent.Succeeded.class);
    }
    assertThat(world.set()).isInstanceOf(EndedSet.class);
    assertThat(world.dropped).hasSize(2);
    assertThat(world.records.members).isEmpty();
    assertThat(world.records.failures).isEmpty();
  }

  @Test
  void maintenanceStartsAllAgainAndIsNotCounted() {
    SetWorld world =
        SetWorld.of(
                eight(
                    policy(
                        0, onCategory(143, GroupAction.RESTART_JOB_SET_AND_IGNORE_MAX_RESTARTS))))
            .claim();
    world.exits(3, 143).pass(WINDOW);
    assertThat(world.verdict(0).outcome()).isEqualTo(GroupOutcome.RESTART_ALL);
    assertThat(world.verdict(0).blamed()).isEqualTo("train-workers-1");
    assertThat(world.requests).isEmpty();
    assertThat(world.live.values()).hasSize(7).allMatch(SetWorld.Live::told);
    world.stopTold();
    assertThat(world.requests).hasSize(1);
    assertThat(world.requests.get(0).runs()).isEqualTo(8);
    world.claim();
    assertThat(world.verdict(0).counted()).isZero();
    assertThat(world.verdict(0).restarts()).isEqualTo(1);
    for (int index = 0; index < 8; index++) {
      assertThat(world.running(index).request().run().index()).isEqualTo(1);
      world.succeed(index);
    }
    assertThat(world.set()).isInstanceOf(EndedSet.class);
  }

  @Test
  void aBugFailsTheSetAtOnceAndTheOthersAreCollateral() {
    SetWorld world =
        SetWorld.of(eight(policy(5, onCategory(42, GroupAction.FAIL_JOB_SET)))).claim();
    Instant at = world.now;
    world.exits(5, 143, "", at.plusMillis(300));
    world.exits(6, 1, "NCCL: connection reset by peer", at.plusMillis(200));
    world.exits(2, 42, "", at.plusMillis(100));
    world.pass(WINDOW);
    assertThat(world.decisions).hasSize(1);
    assertThat(world.verdict(0).blamed()).isEqualTo("train-workers-0");
    assertThat(world.verdict(0).collateral()).containsExactly("train-workers-3", "train-workers-4");
    assertThat(world.verdict(0).reason()).isEqualTo(GroupReasons.FAIL_JOB_SET);
    for (int index = 0; index < 8; index++) {
      JobEvent.Failed failed = (JobEvent.Failed) world.last(index);
      assertThat(failed.retryable()).isFalse();
      assertThat(failed.message()).contains("train-workers-0");
    }
    assertThat(world.live.values()).hasSize(5).allMatch(SetWorld.Live::told);
    assertThat(world.set()).isInstanceOf(EndedSet.class);
  }

  @Test
  void oneJobStartsAgainAloneAndTheOthersRunOn() {
    SetWorld world = SetWorld.of(eight(policy(1, onCategory(7, GroupAction.RESTART_JOB)))).claim();
    world.exits(4, 7).pass(WINDOW);
    assertThat(world.verdict(0).outcome()).isEqualTo(GroupOutcome.RESTART_ONE);
    assertThat(world.requests).hasSize(1);
    assertThat(world.requests.get(0).runs()).isEqualTo(1);
    assertThat(SetWorld.group(world.requests.get(0)).executor()).isEqualTo("exec-1");
    world.claim();
    assertThat(world.live.values()).hasSize(8).noneMatch(SetWorld.Live::told);
    assertThat(world.running(4).request().run().index()).isEqualTo(1);
    assertThat(SetWorld.group(world.running(4).request()).parts().get(0).attempt()).isEqualTo(1);
    world.exits(4, 7).pass(WINDOW);
    assertThat(world.verdict(1).reason()).isEqualTo(GroupReasons.REACHED_MAX_RESTARTS);
    assertThat(((JobEvent.Failed) world.last(4)).reason()).isEqualTo("ReachedMaxRestarts");
    assertThat(world.set()).isInstanceOf(EndedSet.class);
  }

  @Test
  void aFailedJobCanLeaveTheOthersAndTheSetFailsInTheEnd() {
    SetWorld world = SetWorld.of(eight(policy(0, onCategory(9, GroupAction.FAIL_JOB)))).claim();
    world.exits(7, 9).pass(WINDOW);
    assertThat(world.last(7)).isInstanceOf(JobEvent.Failed.class);
    assertThat(world.live.values()).hasSize(7).noneMatch(SetWorld.Live::told);
    for (int index = 0; index < 7; index++) {
      world.succeed(index);
    }
    assertThat(world.set()).isInstanceOf(EndedSet.class);
    assertThat(world.last(0)).isInstanceOf(JobEvent.Succeeded.class);
  }

  @Test
  void aMemberThatFailsOrSucceedsWhileTheSetStopsChangesNothing() {
    SetWorld world = SetWorld.of(eight(policy(3))).claim();
    world.exits(0, 1).pass(WINDOW);
    world.exits(1, 77);
    world.succeed(2);
    world.stopTold().claim();
    assertThat(world.decisions).hasSize(1);
    assertThat(world.live).hasSize(8);
    assertThat(world.eventsOf(2)).noneMatch(SetWorld::terminal);
    assertThat(world.live.values()).allMatch(run -> run.request().run().index() == 1);
  }

  @Test
  void aReportOfAnOlderRunStopsThatRunAndNothingElse() {
    SetWorld world = SetWorld.of(eight(policy(3))).claim();
    var old = world.running(6).request();
    world.exits(0, 1).pass(WINDOW).stopTold().claim();
    int events = world.eventsOf(6).size();
    world.report(old, RunState.RUNNING);
    assertThat(world.eventsOf(6)).hasSize(events);
    assertThat(world.live).hasSize(8);
  }

  @Test
  void aFailedPodIsReplacedUntilItsJobHasFailed() {
    JobLimits twice = new JobLimits(PodFailurePolicy.NONE, 1, null);
    SetWorld world =
        SetWorld.of(
                new SetDefinition(
                    "s", false, List.of(new SetTemplate(SPEC, "w", 1, 3, twice)), policy(0), false))
            .claim();
    world.exits(1, 3);
    assertThat(world.requests).isEmpty();
    world.pass(Duration.ofSeconds(10)).claim();
    assertThat(world.running(1).request().run().index()).isEqualTo(1);
    assertThat(world.decisions).isEmpty();
    world.exits(2, 3);
    assertThat(world.live.values()).hasSize(2).allMatch(SetWorld.Live::told);
    world.pass(WINDOW);
    assertThat(world.verdict(0).jobFailureMessage())
        .isEqualTo("Job has reached the specified backoff limit");
    assertThat(world.set()).isInstanceOf(EndedSet.class);
  }

  @Test
  void aJobThatTakesTooLongHasFailed() {
    JobLimits hour = new JobLimits(PodFailurePolicy.NONE, 6, Duration.ofHours(1));
    SetWorld world =
        SetWorld.of(
                new SetDefinition(
                    "s", false, List.of(new SetTemplate(SPEC, "w", 2, 1, hour)), null, false))
            .claim();
    world.pass(Duration.ofMinutes(59));
    assertThat(world.live.values()).noneMatch(SetWorld.Live::told);
    world.pass(Duration.ofMinutes(2));
    assertThat(world.verdict(0).jobFailureMessage()).contains("deadline");
    assertThat(world.verdict(0).reason()).isEqualTo(GroupReasons.FAILED_JOBS);
    assertThat(world.set()).isInstanceOf(EndedSet.class);
  }

  @Test
  void cancelEndsEveryJobOnce() {
    SetWorld world = SetWorld.of(eight(policy(3))).claim();
    world.exits(0, 1).pass(WINDOW).cancel();
    for (int index = 0; index < 8; index++) {
      assertThat(world.last(index)).isInstanceOf(JobEvent.Cancelled.class);
      assertThat(world.records.jobs.get(SetIds.job(SetWorld.SET, index)))
          .isInstanceOf(EndedJob.class);
    }
  }

  @Test
  void aLargeSetIsDealtWithInPortions() {
    SetWorld world =
        SetWorld.of(
            new SetDefinition(
                "big",
                false,
                List.of(new SetTemplate(SPEC, "w", 2_500, 1, ONCE)),
                policy(1),
                false));
    assertThat(world.requests).hasSize(1);
    assertThat(SetWorld.group(world.requests.get(0)).parts()).hasSize(1);
    world.claim().exits(17, 1).pass(WINDOW).stopTold().claim();
    assertThat(world.live).hasSize(2_500);
    world.exits(3, 1).pass(WINDOW);
    assertThat(world.set()).isInstanceOf(EndedSet.class);
    assertThat(world.last(2_499)).isInstanceOf(JobEvent.Failed.class);
  }

  @Test
  void leasesThatComeBackAreAskedForAgainWithAllThatWasAskedForThen() {
    SetWorld world = SetWorld.of(eight(policy(0)));
    var whole = world.requests.remove(0);
    var first = whole.each().findFirst().orElseThrow();
    world.report(first, RunState.LEASED);
    world.fails(first, SetWorld.evidence(EvidenceKind.LEASE_RETURNED), world.now);
    assertThat(world.requests).hasSize(1);
    assertThat(world.requests.get(0).runs()).isEqualTo(8);
    assertThat(world.decisions).isEmpty();
    for (int again = 0; again < 4; again++) {
      first = world.requests.remove(0).each().findFirst().orElseThrow();
      world.report(first, RunState.LEASED);
      world.fails(first, SetWorld.evidence(EvidenceKind.LEASE_RETURNED), world.now);
    }
    assertThat(world.set()).isInstanceOf(EndedSet.class);
    assertThat(((JobEvent.Failed) world.last(0)).message()).contains("came back 5 times");
  }

  @Test
  void aJobThatCanNeverBeMadeFailsTheSetAtOnce() {
    SetWorld world = SetWorld.of(eight(policy(9)));
    var first = world.requests.remove(0).each().findFirst().orElseThrow();
    world.report(first, RunState.LEASED);
    world.fails(first, SetWorld.evidence(EvidenceKind.JOB_REJECTED), world.now);
    assertThat(world.set()).isInstanceOf(EndedSet.class);
    assertThat(((JobEvent.Failed) world.last(7)).message()).contains("train-driver-0");
  }

  @Test
  void whatWaitsForAnExecutorThatIsGoneIsAskedForOfAll() {
    FailurePolicy policy =
        policy(9, onCategory(7, GroupAction.RESTART_JOB), onCategory(8, GroupAction.FAIL_JOB));
    SetWorld world = SetWorld.of(eight(policy)).claim();
    world.exits(3, 7).pass(WINDOW);
    RunRequest bound = world.requests.get(0);
    assertThat(SetWorld.group(bound).executor()).isEqualTo("exec-1");
    // it never comes back for it, and all that it had is lost for good
    for (int index : List.of(0, 1, 2, 4, 5, 6, 7)) {
      world.exits(index, 8);
    }
    RunRequest again = world.requests.get(world.requests.size() - 1);
    assertThat(again.run()).isEqualTo(bound.run());
    assertThat(SetWorld.group(again).executor()).isEmpty();
  }

  @Test
  void manyDecisionsAboutSingleJobsAreMadeInPortions() {
    FailurePolicy policy =
        policy(
            0,
            onCategory(7, GroupAction.RESTART_JOB_AND_IGNORE_MAX_RESTARTS),
            onCategory(143, GroupAction.RESTART_JOB_AND_IGNORE_MAX_RESTARTS));
    List<SetTemplate> templates =
        List.of(new SetTemplate(SPEC, "a", 600, 1, ONCE), new SetTemplate(SPEC, "b", 600, 1, ONCE));
    SetWorld world =
        SetWorld.of(new SetDefinition("train", false, templates, policy, false)).claim();
    world.exits(1_199, 7);
    for (int index = 0; index < 1_199; index++) {
      world.exits(index, 143, "", world.now.plusMillis(1 + index));
    }
    world.pass(WINDOW);
    assertThat(world.decisions).hasSize(1_200);
    assertThat(world.verdict(0).blamed()).isEqualTo("train-b-599");
    // what the first one dragged down stays that, whenever it is decided about
    for (DecisionRecord decision : world.decisions.subList(1, 1_200)) {
      assertThat(decision.decision().trace().get(0).value()).startsWith("no cause is known");
    }
    assertThat(world.claim().live).hasSize(1_200);
  }
}
