package io.faultline.domain.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GrownAmountsTest {

  @Test
  void aFactorThatCompoundsLeavesNoFloatingPointArtefact() {
    assertThat(grow(List.of(main("1G", "1G")), factors("1.1", 2))).isEqualTo("main 1210M/1210M");
    assertThat(grow(List.of(main("1Gi", "1Gi")), factors("1.1", 2)))
        .isEqualTo("main 1299227608/1299227608");
    assertThat(grow(List.of(main("512Mi", "1Gi")), factors("1.5", 1)))
        .isEqualTo("main 768Mi/1536Mi");
  }

  @Test
  void aFractionOfAByteIsRoundedUpOnceAtTheEnd() {
    assertThat(grow(List.of(main("3", "100m")), factors("1.1", 2))).isEqualTo("main 4/1");
  }

  @Test
  void aContainerWithoutRequestOrLimitGetsNone() {
    List<ContainerAmount> pod = List.of(main("1Gi", null), main(null, "1Gi"), main(null, null));
    assertThat(grow(pod, factors("2", 1)))
        .isEqualTo("main 2Gi/null, main null/2Gi, main null/null");
    assertThat(grow(pod, fixed("512Mi", 1)))
        .isEqualTo("main 1280Mi/null, main null/1280Mi, main null/null");
  }

  @Test
  void aFixedAmountIsSharedByRequestsAndEachInitContainerGetsAllOfIt() {
    List<ContainerAmount> pod =
        List.of(
            main("3Gi", "4Gi"),
            main("1Gi", "1Gi"),
            new ContainerAmount("init", true, quantity("64Mi"), quantity("64Mi")));
    assertThat(grow(pod, fixed("512Mi", 1)))
        .isEqualTo("main 3456Mi/4480Mi, main 1152Mi/1152Mi, init 576Mi/576Mi");
    assertThat(grow(pod, fixed("512Mi", 2)))
        .isEqualTo("main 3840Mi/4864Mi, main 1280Mi/1280Mi, init 1088Mi/1088Mi");
  }

  @Test
  void aShareIsRoundedUpToWholeBytes() {
    assertThat(grow(List.of(main("1", "1"), main("2", "2")), fixed("100", 1)))
        .isEqualTo("main 35/35, main 69/69");
  }

  @Test
  void withoutGrowthNothingChanges() {
    List<ContainerAmount> pod = List.of(main("100m", "1.5Gi"));
    assertThat(GrownAmounts.of(Amount.MEMORY, pod, List.of())).isEqualTo(pod);
  }

  @Test
  void nothingGrowsAboveItsMaxAndNothingShrinksToIt() {
    Growth capped = new Growth.Factor(Amount.MEMORY, "3", quantity("2Gi"));
    assertThat(grow(List.of(main("512Mi", "1Gi")), List.of(capped))).isEqualTo("main 1536Mi/2Gi");
    assertThat(grow(List.of(main("512Mi", "1Gi")), List.of(capped, capped)))
        .isEqualTo("main 2Gi/2Gi");
    assertThat(grow(List.of(main("4Gi", "5Gi")), List.of(capped))).isEqualTo("main 4Gi/5Gi");
    Growth more = new Growth.Fixed(Amount.MEMORY, quantity("1Gi"), quantity("1536Mi"));
    assertThat(grow(List.of(main("1Gi", "1Gi"), main("1Gi", "1Gi")), List.of(more, more)))
        .isEqualTo("main 1536Mi/1536Mi, main 1536Mi/1536Mi");
  }

  @Test
  void eachAmountIsRoundedUpToItsOwnUnit() {
    Growth half = new Growth.Factor(Amount.CPU, "1.5", null);
    assertThat(GrownAmounts.one(Amount.CPU, quantity("501m"), List.of(half))).hasToString("752m");
    assertThat(GrownAmounts.one(Amount.CPU, quantity("0.5"), List.of(half))).hasToString("750m");
    Growth longer = new Growth.Factor(Amount.ACTIVE_DEADLINE, "1.5", quantity("100"));
    assertThat(GrownAmounts.one(Amount.ACTIVE_DEADLINE, quantity("15"), List.of(longer)))
        .hasToString("23");
    assertThat(GrownAmounts.one(Amount.ACTIVE_DEADLINE, quantity("90"), List.of(longer)))
        .hasToString("100");
    assertThat(GrownAmounts.one(Amount.ACTIVE_DEADLINE, null, List.of(longer))).isNull();
  }

  @Property
  void aContainerNeverShrinksAndTheSharesNeverLackAByte(
      @ForAll @LongRange(min = 1, max = 1L << 50) long first,
      @ForAll @LongRange(min = 1, max = 1L << 50) long second,
      @ForAll @LongRange(min = 1, max = 1L << 40) long amount,
      @ForAll @IntRange(min = 1, max = 20) int times) {
    List<ContainerAmount> pod =
        List.of(main(first + "", first + ""), main(second + "", second + ""));
    List<ContainerAmount> grown =
        GrownAmounts.of(
            Amount.MEMORY,
            pod,
            Collections.nCopies(
                times, new Growth.Fixed(Amount.MEMORY, Quantity.ofBytes(amount), null)));
    long one = bytes(grown.get(0)) - first;
    long two = bytes(grown.get(1)) - second;
    assertThat(one).isPositive();
    assertThat(two).isPositive();
    assertThat(one + two).isBetween(amount * times, amount * times + 1);
  }

  private static long bytes(ContainerAmount container) {
    Quantity limit = container.limit();
    return limit == null ? 0 : limit.bytes();
  }

  private static String grow(List<ContainerAmount> pod, List<Growth> growths) {
    return GrownAmounts.of(Amount.MEMORY, pod, growths).stream()
        .map(c -> c.name() + " " + c.request() + "/" + c.limit())
        .collect(Collectors.joining(", "));
  }

  private static List<Growth> factors(String factor, int times) {
    return Collections.nCopies(times, new Growth.Factor(Amount.MEMORY, factor, null));
  }

  private static List<Growth> fixed(String amount, int times) {
    return Collections.nCopies(times, new Growth.Fixed(Amount.MEMORY, quantity(amount), null));
  }

  private static ContainerAmount main(@Nullable String request, @Nullable String limit) {
    return new ContainerAmount(
        "main",
        false,
        request == null ? null : quantity(request),
        limit == null ? null : quantity(limit));
  }

  private static Quantity quantity(String text) {
    return Quantity.parse(text).orElseThrow();
  }
}
