package io.faultline.executor.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Turns turns = new Turns(Duration.ofMinutes(1));

  private static Instant at(long second) {
    return START.plusSeconds(second);
  }

  @Test
  void aSetThatHasWaitedGetsATurnInWhichAllOthersAreBarred() {
    assertThat(turns.has("set", at(0))).isFalse();
    assertThat(turns.bar("run", at(0))).isFalse();
    assertThat(turns.has("set", at(9))).isFalse();
    assertThat(turns.has("set", at(10))).isTrue();
    assertThat(turns.bar("run", at(10))).isTrue();
    assertThat(turns.bar("set", at(10))).isFalse();
    assertThat(turns.has("other set", at(10))).isFalse();
  }

  @Test
  void aTurnEndsEvenWhereTheSetIsNotSeenAgain() {
    turns.has("set", at(0));
    turns.has("set", at(10));
    assertThat(turns.bar("run", at(19))).isTrue();
    assertThat(turns.bar("run", at(20))).isFalse();
  }

  @Test
  void afterATurnInVainComesALongerOneLater() {
    turns.has("set", at(0));
    turns.has("set", at(10));
    assertThat(turns.has("set", at(20))).isFalse();
    assertThat(turns.has("set", at(49))).isFalse();
    assertThat(turns.has("set", at(50))).isTrue();
    assertThat(turns.has("set", at(69))).isTrue();
    assertThat(turns.has("set", at(70))).isFalse();
  }

  @Test
  void noTurnIsLongerThanAllowed() {
    long now = 0;
    long longest = 0;
    for (int i = 0; i < 10; i++) {
      while (!turns.has("set", at(now))) {
        now++;
      }
      long began = now;
      while (turns.has("set", at(now))) {
        now++;
      }
      longest = Math.max(longest, now - began);
    }
    assertThat(longest).isEqualTo(60);
  }

  @Test
  void oneThatWaitedBehindAnotherIsNext() {
    turns.has("set", at(0));
    turns.has("set", at(10));
    turns.has("second", at(10));
    assertThat(turns.has("second", at(19))).isFalse();
    assertThat(turns.has("set", at(20))).isFalse();
    assertThat(turns.has("second", at(20))).isTrue();
    assertThat(turns.bar("set", at(20))).isTrue();
  }

  @Test
  void whatIsClaimedWaitsNoMore() {
    turns.has("set", at(0));
    turns.has("set", at(10));
    turns.over("set");
    assertThat(turns.bar("run", at(10))).isFalse();
    assertThat(turns.has("set", at(11))).isFalse();
  }

  @Test
  void withoutTurnsNobodyIsEverBarred() {
    Turns none = new Turns(Duration.ZERO);
    for (int second = 0; second < 100; second++) {
      assertThat(none.has("set", at(second))).isFalse();
      assertThat(none.bar("run", at(second))).isFalse();
    }
  }
}
