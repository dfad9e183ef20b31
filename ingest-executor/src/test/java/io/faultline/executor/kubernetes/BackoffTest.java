package io.faultline.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private long now = Long.MAX_VALUE - 5; // clocks of this kind may wrap
  private double random = 1;
  private final Backoff backoff =
      new Backoff(millis(100), Duration.ofSeconds(1), () -> now, () -> random);

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  private void passes(Duration time) {
    now += time.toNanos();
  }

  @Test
  void allIsAllowedWhileAllIsWell() {
    backoff.served(now, true);
    assertThat(backoff.left()).isZero();
    assertThat(backoff.allows(20)).isEqualTo(20);
  }

  @Test
  void eachPauseIsTwiceAsLongUpToTheLongest() {
    for (long pause : new long[] {100, 200, 400, 800, 1000, 1000}) {
      backoff.pressed(now, true, "429");
      assertThat(backoff.left()).isEqualTo(millis(pause));
      assertThat(backoff.allows(20)).isZero();
      passes(millis(pause));
      assertThat(backoff.left()).isZero();
    }
  }

  @Test
  void jitterTakesUpToHalfOff() {
    random = 0;
    backoff.pressed(now, true, "429");
    assertThat(backoff.left()).isEqualTo(millis(50));
  }

  @Test
  void requestsThatWereUnderWayTogetherCountOnce() {
    long began = now;
    passes(millis(1));
    backoff.pressed(began, true, "500");
    passes(millis(1));
    backoff.pressed(began, true, "500");
    assertThat(backoff.left()).isEqualTo(millis(99));
  }

  @Test
  void afterAPauseThereIsRoomForOneUntilAPodWasMade() {
    backoff.pressed(now, true, "500");
    passes(millis(100));
    assertThat(backoff.allows(20)).isEqualTo(1);
    backoff.served(now, false); // reading works, making may still not
    assertThat(backoff.allows(20)).isEqualTo(1);
    backoff.served(now, true);
    assertThat(backoff.allows(20)).isEqualTo(20);
    backoff.pressed(now, true, "500");
    assertThat(backoff.left()).isEqualTo(millis(100));
  }

  @Test
  void whatDidNotConcernMakingIsOverWithAnyAnswer() {
    backoff.pressed(now, false, "500");
    passes(millis(100));
    backoff.served(now, false);
    assertThat(backoff.allows(20)).isEqualTo(20);
  }

  @Test
  void anAnswerToWhatWasAskedBeforeSaysNothing() {
    long began = now;
    passes(millis(1));
    backoff.pressed(now, true, "500");
    backoff.served(began, true);
    passes(millis(100));
    assertThat(backoff.allows(20)).isEqualTo(1);
  }

  @Test
  void theServersOwnPauseIsHeededWithinBounds() {
    backoff.asked(Duration.ofSeconds(7));
    backoff.pressed(now, true, "429");
    assertThat(backoff.left()).isEqualTo(Duration.ofSeconds(7));
    backoff.asked(Duration.ofDays(2));
    assertThat(backoff.left()).isEqualTo(Duration.ofMinutes(10));
  }
}
