package io.faultline.decider;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.job.RunState;
import io.faultline.domain.retry.Backoff;
import io.faultline.domain.retry.PolicyChoice;
import io.faultline.schemas.Topics;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Retries that wait for their time, on a clock of the test's own. */
class WaitingRunsTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Backoff DOUBLING =
      new Backoff(MINUTE, BigDecimal.valueOf(2), Duration.ofMinutes(3), 0);

  private final DeciderDriver decider = DeciderDriver.enabled();

  WaitingRunsTest() {
    decider.policy = DeciderDriver.policy(9, DOUBLING);
  }

  @AfterEach
  void close() {
    decider.close();
  }

  @Test
  void aRunIsAskedForWhenItIsDueAndNotBefore() {
    failedOnce("a");
    assertThat(requests()).containsExactly(RunIdentity.of("a", 0));

    decider.pass(MINUTE.minusMillis(100));
    assertThat(requests()).isEmpty();
    decider.pass(Duration.ofMillis(200));
    assertThat(requests()).containsExactly(RunIdentity.of("a", 1));
    decider.pass(Duration.ofHours(1));
    assertThat(requests()).isEmpty();
  }

  @Test
  void theEventSaysWhenAndEachWaitIsLonger() {
    failedOnce("a");
    for (int run = 1; run < 4; run++) {
      decider.pass(Duration.ofMinutes(4));
      decider.report("a", run, RunState.LEASED, "exec-1");
      decider.fails("a", run);
    }

    List<Duration> waits =
        decider.read(Topics.JOB_EVENTS).stream()
            .map(TestRecord::value)
            .filter(event -> event.detail() instanceof JobEvent.RetryScheduled)
            .map(event -> Duration.between(event.at(), due(event)))
            .toList();
    assertThat(waits)
        .containsExactly(
            MINUTE, MINUTE.multipliedBy(2), MINUTE.multipliedBy(3), MINUTE.multipliedBy(3));
  }

  @Test
  void aJobThatIsCancelledWhileItWaitsIsAskedForNoMore() {
    failedOnce("a");
    decider.cancel("a");
    decider.pass(Duration.ofHours(1));

    assertThat(requests()).containsExactly(RunIdentity.of("a", 0));
    assertThat(decider.events()).last().isEqualTo("a 4 Cancelled");
    assertThat(timersLeft()).isZero();
  }

  @Test
  void someoneCanHaveItTriedAgainAtOnce() {
    failedOnce("a");
    requests();
    decider.retry("a");

    assertThat(requests()).containsExactly(RunIdentity.of("a", 1));
    assertThat(decider.events()).last().isEqualTo("a 4 RetryScheduled");
    decider.retry("a");
    decider.pass(Duration.ofHours(1));
    assertThat(requests()).isEmpty();
    assertThat(timersLeft()).isZero();
  }

  @Test
  void toRetryWhatDoesNotWaitIsVoid() {
    decider.retry("never-heard-of");
    decider.submit("a");
    decider.retry("a");

    assertThat(decider.events()).containsExactly("a 0 Submitted");
    assertThat(requests()).hasSize(1);
  }

  @Test
  void aThousandThatAreDueAtOnceAreAllAskedForInTheOrderOfTheirTimes() {
    for (int i = 0; i < 3_000; i++) {
      failedOnce("job-" + i);
      decider.pass(Duration.ofMillis(1));
    }
    requests();
    decider.pass(MINUTE);
    decider.pass(Duration.ofSeconds(1));
    decider.pass(Duration.ofSeconds(1));

    assertThat(requests())
        .hasSize(3_000)
        .doesNotHaveDuplicates()
        .first()
        .isEqualTo(RunIdentity.of("job-0", 1));
  }

  @Test
  void aPolicyThatIsChangedOrDeletedMeanwhileChangesNothingOfWhatWaits() {
    failedOnce("a");
    requests();
    decider.policy = PolicyChoice.NONE;
    decider.pass(MINUTE.plusSeconds(1));
    assertThat(requests()).containsExactly(RunIdentity.of("a", 1));

    decider.fails("a", 1);
    assertThat(decider.events()).last().isEqualTo("a 4 Failed");
  }

  @Test
  void runsOfAQueueThatIsHeldBackAreAskedForWhenItIsFree() {
    decider.held.add("research");
    decider.submit("a");
    decider.submit("b");
    decider.cancel("b");
    decider.pass(Duration.ofHours(1));
    assertThat(requests()).isEmpty();

    decider.held.clear();
    decider.pass(Duration.ofSeconds(1));
    decider.pass(Duration.ofSeconds(1));
    assertThat(requests()).containsExactly(RunIdentity.of("a", 0));
  }

  @Test
  void aRequestThatAnExecutorDidNotClaimForItsQueueIsMadeAgainWhenThatIsFree() {
    decider.submit("a");
    assertThat(requests()).hasSize(1);
    decider.held.add("research");
    decider.report("a", 0, RunState.DEFERRED, "exec-1");
    decider.pass(MINUTE);
    assertThat(requests()).isEmpty();

    decider.held.clear();
    decider.pass(Duration.ofSeconds(1));
    assertThat(requests()).containsExactly(RunIdentity.of("a", 0));
    assertThat(decider.events()).containsExactly("a 0 Submitted");
  }

  @Test
  void aRetryThatComesDueWhileItsQueueIsHeldBackWaitsForThatToo() {
    failedOnce("a");
    requests();
    decider.held.add("research");
    decider.pass(MINUTE.multipliedBy(2));
    assertThat(requests()).isEmpty();

    decider.held.clear();
    decider.pass(Duration.ofSeconds(1));
    assertThat(requests()).containsExactly(RunIdentity.of("a", 1));
  }

  @Test
  void theMutationsOfTheWaitingRunAreKept() {
    failedOnce("a");
    decider.pass(MINUTE);
    decider.pass(MINUTE);

    List<RunRequest> all =
        decider.read(Topics.RUN_REQUESTS).stream().map(TestRecord::value).toList();
    assertThat(all).extracting(RunRequest::podName).containsExactly("armada-a-0-0", "armada-a-0-1");
    assertThat(all.get(1).spec()).isEqualTo(DeciderDriver.SPEC);
  }

  private void failedOnce(String id) {
    decider.submit(id);
    decider.report(id, 0, RunState.LEASED, "exec-1");
    decider.fails(id, 0);
  }

  private List<RunIdentity> requests() {
    return decider.read(Topics.RUN_REQUESTS).stream().map(r -> r.value().run()).toList();
  }

  private long timersLeft() {
    long entries = 0;
    try (var all = decider.driver.<Object, Object>getKeyValueStore(DeciderTopology.TIMERS).all()) {
      while (all.hasNext()) {
        entries += ((Bytes) all.next().key).get().length > 1 ? 1 : 0;
      }
    }
    return entries;
  }

  private static Instant due(JobEvent event) {
    return ((JobEvent.RetryScheduled) event.detail()).dueAt();
  }
}
