package io.faultline.decider.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExecutorWatchTest {

  private static final long TIMEOUT = 60_000;

  private final ExecutorWatch watch = new ExecutorWatch(Duration.ofMillis(TIMEOUT));

  /** Pulses that come back at once, every five seconds from one time to another. */
  private void pulses(long from, long to) {
    for (long now = from; now <= to; now += 5_000) {
      watch.pulse(now, now);
    }
  }

  @Test
  void nothingIsSureBeforeTheFirstPulse() {
    watch.heartbeat("e", 0);

    assertThat(watch.sure(10 * TIMEOUT)).isFalse();
    assertThat(watch.silent("e", 10 * TIMEOUT)).isFalse();
  }

  @Test
  void anExecutorIsSilentOnlyAfterTheTaskWasCaughtUpForAWholeTimeout() {
    pulses(0, TIMEOUT - 5_000);
    assertThat(watch.silent("never-heard", TIMEOUT - 1)).isFalse();

    pulses(TIMEOUT, TIMEOUT);
    assertThat(watch.silent("never-heard", TIMEOUT)).isTrue();
  }

  @Test
  void anExecutorIsSilentOnlyAfterAWholeTimeoutWithoutHeartbeat() {
    pulses(0, 70_000);
    watch.heartbeat("e", 20_000);

    assertThat(watch.silent("e", 79_999)).isFalse();
    assertThat(watch.silent("e", 80_000)).isTrue();
  }

  @Test
  void anExecutorThatIsHeardAgainIsNotSilent() {
    pulses(0, 100_000);
    watch.heartbeat("e", 20_000);
    watch.heartbeat("e", 95_000);

    assertThat(watch.silent("e", 100_000)).isFalse();
  }

  @Test
  void withoutPulsesNobodyIsSilent() {
    pulses(0, 60_000);

    assertThat(watch.silent("e", 80_000)).isTrue();
    assertThat(watch.silent("e", 80_001)).isFalse();
  }

  @Test
  void aGapOfPulsesStartsTheCountAgain() {
    pulses(0, 60_000);
    pulses(100_000, 155_000);
    assertThat(watch.silent("e", 155_000)).isFalse();

    pulses(160_000, 160_000);
    assertThat(watch.silent("e", 160_000)).isTrue();
  }

  @Test
  void aPulseThatComesLateShowsThatTheTaskIsBehind() {
    pulses(0, 60_000);
    watch.pulse(40_000, 61_000);
    assertThat(watch.sure(61_000)).isFalse();

    pulses(65_000, 120_000);
    assertThat(watch.sure(120_000)).isFalse();
    pulses(125_000, 125_000);
    assertThat(watch.sure(125_000)).isTrue();
  }

  @Test
  void pulsesComeOftenEnoughToBridgeOneThatIsLost() {
    long every = ExecutorWatch.pulseEvery(Duration.ofMillis(TIMEOUT)).toMillis();
    for (long now = 0; now <= TIMEOUT; now += 2 * every) {
      watch.pulse(now, now + every);
    }

    assertThat(watch.sure(TIMEOUT + every)).isTrue();
  }
}
