package io.faultline.domain.group;

import static io.faultline.domain.group.Failed.by;
import static io.faultline.domain.group.Failed.itself;
import static io.faultline.domain.group.Failed.told;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElectionTest {

  @ParameterizedTest
  @EnumSource(
      value = EndedBy.class,
      names = {"SIGTERM", "SIGKILL"})
  void aSignalIsCollateralOnlyAfterAnotherFailed(EndedBy signal) {
    FailedMember first = by(signal, 0, 1);
    FailedMember same = by(signal, 1, 1);
    FailedMember after = by(signal, 2, 2);
    assertThat(Election.of(List.of(after, first, same)))
        .isEqualTo(new Election(List.of(first, same), List.of(after)));
  }

  @ParameterizedTest
  @EnumSource(
      value = EndedBy.class,
      names = {"SIGTERM", "SIGKILL"})
  void aSignalIsCollateralAtTheInstantAtWhichTheFirstEndedByItself(EndedBy signal) {
    FailedMember killed = by(signal, 0, 1);
    FailedMember cause = itself(1, 1);
    FailedMember later = itself(2, 2);
    assertThat(Election.of(List.of(killed, cause)))
        .isEqualTo(new Election(List.of(cause), List.of(killed)));
    assertThat(Election.of(List.of(killed, later)))
        .isEqualTo(new Election(List.of(killed, later), List.of()));
    FailedMember told = told(3, 1);
    assertThat(Election.of(List.of(killed, told)))
        .isEqualTo(new Election(List.of(killed), List.of(told)));
  }

  @Test
  void whoeverLostAPeerIsNotTheCauseEvenWhereItIsTheFirstToSaySo() {
    FailedMember lost = by(EndedBy.LOST_PEER, 0, 1);
    FailedMember dead = itself(1, 5);
    assertThat(Election.of(List.of(lost, dead)))
        .isEqualTo(new Election(List.of(dead), List.of(lost)));
  }

  @Test
  void whoeverWasToldToStopIsNotTheCauseHoweverItEnded() {
    FailedMember told = told(0, 1);
    FailedMember cause = itself(1, 2);
    assertThat(Election.of(List.of(told, cause)).suspects()).containsExactly(cause);
  }

  @Test
  void whereNoCauseIsKnownWhoASignalEndedIsSuspectedFirstAndWhoWasToldToStopLast() {
    FailedMember told = told(0, 1);
    FailedMember lost = by(EndedBy.LOST_PEER, 1, 2);
    FailedMember killed = by(EndedBy.SIGKILL, 2, 3);
    Election election = Election.of(List.of(told, lost, killed));
    assertThat(election.suspects()).containsExactly(killed);
    assertThat(election.without(killed).suspects()).containsExactly(lost);
    assertThat(election.without(killed).without(lost).suspects()).containsExactly(told);
  }

  @Test
  void whatWasCollateralStaysSoWhenItsCauseIsDecided() {
    FailedMember cause = itself(0, 1);
    FailedMember killed = by(EndedBy.SIGKILL, 1, 2);
    FailedMember other = itself(2, 3);
    Election left = Election.of(List.of(cause, killed, other)).without(cause);
    assertThat(left.suspects()).containsExactly(other);
    assertThat(left.without(other).suspects()).containsExactly(killed);
    assertThat(left.without(other).without(killed).isEmpty()).isTrue();
  }
}
