package io.faultline.domain.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.retry.Mutations.Factor;
import io.faultline.domain.retry.Mutations.Fixed;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunMutationsTest {
  private static final Mutations GROW = new Mutations(false, new Factor("1.5"));
  private static final Mutations AVOID = new Mutations(true, null);

  @Test
  void memoryGrowsOnceForEachGrantAndIsKeptAcrossOtherRetries() {
    RunMutations third =
        RunMutations.NONE
            .after(EvidenceKind.POD_FAILED, GROW, List.of("a"))
            .after(EvidenceKind.POD_FAILED, Mutations.NONE, List.of("a", "b"))
            .after(EvidenceKind.POD_FAILED, GROW, List.of("a", "b", "c"));
    assertThat(third.memory()).containsExactly(new Factor("1.5"), new Factor("1.5"));
    assertThat(third.avoidNodes()).isEmpty();
  }

  @Test
  void oneKindOfGrowthAJobAndTheOtherChangesNothing() {
    RunMutations grown = RunMutations.NONE.after(EvidenceKind.POD_FAILED, GROW, List.of());
    assertThat(
            grown.after(
                EvidenceKind.POD_FAILED, new Mutations(false, new Fixed(1 << 20)), List.of()))
        .isEqualTo(grown);
  }

  @Test
  void avoidSameNodeExcludesEveryNodeOfAnEarlierRun() {
    assertThat(
            RunMutations.NONE
                .after(EvidenceKind.POD_FAILED, AVOID, List.of("a", "", "b", "a"))
                .avoidNodes())
        .containsExactly("a", "b");
  }

  @Test
  void anExpiredLeaseChangesNothing() {
    assertThat(
            RunMutations.NONE.after(
                EvidenceKind.LEASE_EXPIRED, new Mutations(true, new Factor("2")), List.of("a")))
        .isEqualTo(RunMutations.NONE);
  }
}
