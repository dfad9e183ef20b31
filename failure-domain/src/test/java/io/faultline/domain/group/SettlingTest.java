package io.faultline.domain.group;

import static io.faultline.domain.group.Failed.by;
import static io.faultline.domain.group.Failed.itself;
import static io.faultline.domain.group.Failed.knownAt;
import static io.faultline.domain.group.Failed.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettlingTest {
  private static final Settling SETTLING = Settling.DEFAULT;

  @Test
  void aCauseIsDecidedWhenTheWindowCloses() {
    assertThat(SETTLING.decideAt(onset(itself(0, 10)))).isEqualTo(second(12));
    assertThat(SETTLING.decideAt(onset(itself(1, 11), by(EndedBy.SIGTERM, 0, 10))))
        .isEqualTo(second(12));
  }

  @Test
  void theWindowExtendsWhileAllThatIsKnownIsCollateral() {
    assertThat(SETTLING.decideAt(onset(told(0, 10), by(EndedBy.LOST_PEER, 1, 11))))
        .isEqualTo(second(70));
  }

  @Test
  void theWindowRunsFromWhenTheFirstFailureBecameKnownWhateverItsOwnClockSays() {
    assertThat(SETTLING.decideAt(onset(knownAt(itself(0, 5_000), 10), knownAt(itself(1, 1), 11))))
        .isEqualTo(second(12));
  }

  @Test
  void aDeadNodeThatReportsLastEndsTheWaiting() {
    FailedMember lost = by(EndedBy.LOST_PEER, 0, 10);
    FailedMember dead = knownAt(itself(1, 9), 40);
    assertThat(SETTLING.decidedAt(List.of(dead, lost))).isEqualTo(second(40));
    assertThat(SETTLING.decidedAt(List.of(lost))).isEqualTo(second(70));
    assertThat(SETTLING.decidedAt(List.of(knownAt(dead, 90), lost))).isEqualTo(second(70));
  }

  @Test
  void whatBecomesKnownAtTheSameInstantIsWeighedTogether() {
    FailedMember first = knownAt(told(0, 5), 10);
    FailedMember told = knownAt(told(1, 4), 13);
    FailedMember killed = knownAt(by(EndedBy.SIGKILL, 2, 5), 13);
    assertThat(SETTLING.decidedAt(List.of(first, told, killed))).isEqualTo(second(70));
    assertThat(SETTLING.decidedAt(List.of(first, killed, told))).isEqualTo(second(70));
  }

  @Test
  void whatComesAfterTheWindowComesTooLate() {
    assertThat(SETTLING.decidedAt(List.of(itself(0, 10), itself(1, 30)))).isEqualTo(second(12));
    assertThat(SETTLING.decidedAt(List.of(itself(0, 10), itself(1, 11)))).isEqualTo(second(12));
  }

  @Test
  void aLimitBelowTheWindowIsRefused() {
    assertThatThrownBy(() -> new Settling(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .hasMessageContaining("at least the window");
  }

  private static Onset onset(FailedMember... failed) {
    return Onset.of(List.of(failed));
  }

  private static Instant second(long second) {
    return Instant.ofEpochSecond(second);
  }
}
