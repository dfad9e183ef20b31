package io.faultline.domain.set;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.group.GroupOutcome;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.retry.Backoff;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.domain.retry.PolicyChoice;
import io.faultline.domain.retry.PolicyChoice.PolicyInForce;
import io.faultline.domain.retry.RetryAction;
import io.faultline.domain.retry.RetryPolicy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gangs without failure policy: one job to the retry policies of their queue. */
class GangTest {

  private static SetDefinition gang(int members, boolean failFast) {
    return new SetDefinition(
        "g1",
        true,
        List.of(
            new SetTemplate(
                SetMachineTest.SPEC, SetDefinition.GANG_MEMBERS, members, 1, SetMachineTest.ONCE)),
        null,
        failFast);
  }

  private static SetWorld gangUnder(RetryPolicy policy, boolean failFast) {
    SetWorld world = SetWorld.of(gang(4, failFast)).claim();
    PolicyInForce inForce = new PolicyInForce(policy, 3);
    world.policies = new PolicyChoice(List.of(policy.name()), List.of(inForce), List.of(), null);
    return world;
  }

  private static RetryPolicy retries(int limit) {
    return new RetryPolicy("p", limit, RetryAction.RETRY, null, List.of());
  }

  @Test
  void aGangWithoutFailurePolicyIsOneJobToTheRetryPolicyOfItsQueue() {
    SetWorld world = gangUnder(retries(1), false);
    world.exits(1, 3).exits(2, 143).pass(SetMachineTest.WINDOW);
    assertThat(world.verdict(0).outcome()).isEqualTo(GroupOutcome.RESTART_ALL);
    assertThat(world.verdict(0).blamed()).isEqualTo("g1-1");
    assertThat(world.decisions.get(0).policy()).isEqualTo("p");
    world.stopTold().claim();
    assertThat(world.live).hasSize(4);
    // one restart, whoever fails: the count is the gang's
    world.exits(3, 3).pass(SetMachineTest.WINDOW);
    assertThat(world.decisions.get(1).decision().reason())
        .isEqualTo(DecisionReason.FAIL_POLICY_LIMIT);
    JobEvent.Failed failed = (JobEvent.Failed) world.last(0);
    assertThat(failed.reason()).isEqualTo("MaxRunsExceeded");
    assertThat(failed.policy()).isEqualTo("p");
    assertThat(failed.message()).startsWith("Retry policy: ").contains("g1-3");
    assertThat(world.set()).isInstanceOf(EndedSet.class);
  }

  @Test
  void aGangThatFailsFastIsNotStartedAgain() {
    SetWorld world = gangUnder(retries(5), true);
    world.exits(0, 3).pass(SetMachineTest.WINDOW);
    assertThat(world.set()).isInstanceOf(EndedSet.class);
  }

  /** Waits a minute before its second generation. */
  private static SetWorld waiting() {
    Backoff minute = new Backoff(Duration.ofMinutes(1), BigDecimal.ONE, Duration.ofMinutes(1), 0);
    SetWorld world =
        gangUnder(new RetryPolicy("p", 3, RetryAction.RETRY, minute, List.of()), false);
    return world.exits(1, 3).pass(SetMachineTest.WINDOW).stopTold();
  }

  private static List<Instant> dueTimes(SetWorld world, int index) {
    return world.eventsOf(index).stream()
        .map(JobEvent::detail)
        .filter(JobEvent.RetryScheduled.class::isInstance)
        .map(detail -> ((JobEvent.RetryScheduled) detail).dueAt())
        .toList();
  }

  @Test
  void whenItStartsAgainIsToldOnceItIsDecided() {
    SetWorld world = waiting();
    Instant due = world.now.plus(Duration.ofMinutes(1));
    assertThat(dueTimes(world, 1)).containsExactly(due);
    assertThat(dueTimes(world, 3)).containsExactly(due);
    world.requests.clear();
    assertThat(world.pass(Duration.ofSeconds(59)).requests).isEmpty();
    assertThat(world.pass(Duration.ofSeconds(1)).claim().live).hasSize(4);
    assertThat(dueTimes(world, 3)).containsExactly(due);
  }

  @Test
  void aGangThatWaitsCanBeStartedEarlyAndSaysSo() {
    SetWorld world = waiting();
    world.requests.clear();
    world.retry();
    assertThat(world.claim().live).hasSize(4);
    assertThat(dueTimes(world, 3)).hasSize(2).last().isEqualTo(world.now);
    assertThat(world.pass(Duration.ofMinutes(2)).requests).isEmpty();
  }

  @Test
  void aGangThatWaitsCanBeCancelled() {
    SetWorld world = waiting().cancel();
    assertThat(world.last(0)).isInstanceOf(JobEvent.Cancelled.class);
    assertThat(world.set()).isInstanceOf(EndedSet.class);
    assertThat(world.pass(Duration.ofMinutes(2)).live).isEmpty();
  }
}
