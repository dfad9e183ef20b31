package io.faultline.domain.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.resources.Amount;
import io.faultline.domain.resources.Growth;
import io.faultline.domain.resources.Quantity;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunMutationsTest {
  private static final Growth HALF_MORE = new Growth.Factor(Amount.MEMORY, "1.5", null);
  private static final Growth FIXED =
      new Growth.Fixed(Amount.MEMORY, Quantity.ofBytes(1 << 20), null);
  private static final Growth CPU = new Growth.Fixed(Amount.CPU, Quantity.ofBytes(1), null);
  private static final Mutations GROW = new Mutations(false, false, List.of(HALF_MORE));
  private static final Mutations AVOID = new Mutations(true, false, List.of());
  private static final Mutations PREFER = new Mutations(false, true, List.of());

  @Test
  void memoryGrowsOnceForEachGrantAndIsKeptAcrossOtherRetries() {
    RunMutations third =
        after(
            after(after(RunMutations.NONE, GROW, 0, "a"), Mutations.NONE, 1, "a", "b"),
            GROW,
            2,
            "a",
            "b",
            "c");
    assertThat(third.growths())
        .containsExactly(
            new GrantedGrowth(HALF_MORE, "p", "r", 0), new GrantedGrowth(HALF_MORE, "p", "r", 2));
    assertThat(third.of(Amount.MEMORY)).containsExactly(HALF_MORE, HALF_MORE);
    assertThat(third.of(Amount.CPU)).isEmpty();
    assertThat(third.avoidNodes()).isEmpty();
  }

  @Test
  void oneKindOfGrowthOfAnAmountAndTheOtherChangesNothing() {
    RunMutations grown = after(RunMutations.NONE, GROW, 0);
    assertThat(after(grown, new Mutations(false, false, List.of(FIXED)), 1)).isEqualTo(grown);
    assertThat(after(grown, new Mutations(false, false, List.of(FIXED, CPU)), 1).growths())
        .containsExactly(
            new GrantedGrowth(HALF_MORE, "p", "r", 0), new GrantedGrowth(CPU, "p", "r", 1));
  }

  @Test
  void avoidSameNodeExcludesEveryNodeOfAnEarlierRun() {
    RunMutations avoiding = after(RunMutations.NONE, AVOID, 0, "a", "", "b", "a");
    assertThat(avoiding.avoidNodes()).containsExactly("a", "b");
    assertThat(avoiding.otherNodes()).isEmpty();
  }

  @Test
  void preferOtherNodeNamesThemToo() {
    RunMutations preferring = after(RunMutations.NONE, PREFER, 0, "a", "", "b");
    assertThat(preferring.otherNodes()).containsExactly("a", "b");
    assertThat(preferring.avoidNodes()).isEmpty();
  }

  @Test
  void anExpiredLeaseChangesNothing() {
    Decision granted = granted(new Mutations(true, true, List.of(HALF_MORE)));
    assertThat(RunMutations.NONE.after(EvidenceKind.LEASE_EXPIRED, granted, 0, List.of("a")))
        .isEqualTo(RunMutations.NONE);
  }

  private static RunMutations after(
      RunMutations before, Mutations mutations, int runIndex, String... nodes) {
    return before.after(EvidenceKind.POD_FAILED, granted(mutations), runIndex, List.of(nodes));
  }

  private static Decision granted(Mutations mutations) {
    return new Decision(
        true,
        DecisionReason.RETRY,
        "matched rule: Retry",
        "p",
        0,
        "r",
        0,
        3,
        20,
        true,
        null,
        mutations,
        List.of());
  }
}
