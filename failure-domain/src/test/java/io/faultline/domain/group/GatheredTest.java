package io.faultline.domain.group;

import static io.faultline.domain.group.Failed.itself;
import static io.faultline.domain.group.Failed.started;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatheredTest {
  private static final GroupCounters SECOND =
      new GroupCounters(1, 1, Map.of(new JobIndex("workers", 2), new JobRestarts(3, 3)));

  @Test
  void aFailureOfAnOldGenerationOrAttemptIsLate() {
    FailedMember oldGeneration = started(itself(0, 1), new Fence(0, 0));
    FailedMember now = started(itself(1, 2), new Fence(1, 0));
    FailedMember oldAttempt = started(itself(2, 1), new Fence(1, 2));
    FailedMember thisAttempt = started(itself(2, 5), new Fence(1, 3));
    Gathered gathered =
        Gathered.of(List.of(thisAttempt, oldAttempt, oldGeneration, now), SECOND, Failed.SHAPE);
    assertThat(gathered.current()).containsExactly(now, thisAttempt);
    assertThat(gathered.late()).containsExactly(oldGeneration, oldAttempt);
  }

  @Test
  void equalsComeInTheOrderOfReplicatedJobsThenIndexesThenNames() {
    FailedMember worker = itself(3, 1);
    FailedMember leader = at(new GroupMember("z", "leader", 0));
    FailedMember unindexed = at(new GroupMember("a", "workers", null));
    FailedMember stranger = at(new GroupMember("b", "", null));
    assertThat(
            Gathered.of(
                    List.of(stranger, unindexed, worker, leader), GroupCounters.NONE, Failed.SHAPE)
                .current())
        .containsExactly(leader, worker, unindexed, stranger);
  }

  @Test
  void aStartFailsOnce() {
    FailedMember first = itself(0, 1);
    FailedMember again = itself(0, 2);
    assertThat(Gathered.of(List.of(again, first), GroupCounters.NONE, Failed.SHAPE).current())
        .containsExactly(first);
  }

  private static FailedMember at(GroupMember member) {
    FailedMember failed = itself(0, 1);
    return new FailedMember(
        member,
        failed.fence(),
        failed.failure(),
        failed.failedAt(),
        failed.knownAt(),
        failed.endedBy(),
        failed.toldToStop());
  }
}
