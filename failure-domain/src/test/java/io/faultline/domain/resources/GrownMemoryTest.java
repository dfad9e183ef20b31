package io.faultline.domain.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.retry.Mutations.Factor;
import io.faultline.domain.retry.Mutations.Fixed;
import io.faultline.domain.retry.Mutations.MemoryGrowth;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GrownMemoryTest {

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
    List<ContainerMemory> pod = List.of(main("1Gi", null), main(null, "1Gi"), main(null, null));
    assertThat(grow(pod, factors("2", 1)))
        .isEqualTo("main 2Gi/null, main null/2Gi, main null/null");
    assertThat(grow(pod, fixed("512Mi", 1)))
        .isEqualTo("main 1280Mi/null, main null/1280Mi, main null/null");
  }

  @Test
  void aFixedAmountIsSharedByRequestsAndEachInitContainerGetsAllOfIt() {
    List<ContainerMemory> pod =
        List.of(
            main("3Gi", "4Gi"),
            main("1Gi", "1Gi"),
            new ContainerMemory("init", true, quantity("64Mi"), quantity("64Mi")));
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
    List<ContainerMemory> pod = List.of(main("100m", "1.5Gi"));
    assertThat(GrownMemory.of(pod, List.of())).isEqualTo(pod);
  }

  @Property
  void aContainerNeverShrinksAndTheSharesNeverLackAByte(
      @ForAll @LongRange(min = 1, max = 1L << 50) long first,
      @ForAll @LongRange(min = 1, max = 1L << 50) long second,
      @ForAll @LongRange(min = 1, max = 1L << 40) long amount,
      @ForAll @IntRange(min = 1, max = 20) int times) {
    List<ContainerMemory> pod =
        List.of(main(first + "", first + ""), main(second + "", second + ""));
    List<ContainerMemory> grown =
        GrownMemory.of(pod, Collections.nCopies(times, new Fixed(amount)));
    long one = bytes(grown.get(0)) - first;
    long two = bytes(grown.get(1)) - second;
    assertThat(one).isPositive();
    assertThat(two).isPositive();
    assertThat(one + two).isBetween(amount * times, amount * times + 1);
  }

  private static long bytes(ContainerMemory container) {
    Quantity limit = container.limit();
    return limit == null ? 0 : limit.bytes();
  }

  private static String grow(List<ContainerMemory> pod, List<MemoryGrowth> growths) {
    return GrownMemory.of(pod, growths).stream()
        .map(c -> c.name() + " " + c.request() + "/" + c.limit())
        .collect(Collectors.joining(", "));
  }

  private static List<MemoryGrowth> factors(String factor, int times) {
    return Collections.nCopies(times, new Factor(factor));
  }

  private static List<MemoryGrowth> fixed(String amount, int times) {
    return Collections.nCopies(times, new Fixed(quantity(amount).bytes()));
  }

  private static ContainerMemory main(@Nullable String request, @Nullable String limit) {
    return new ContainerMemory(
        "main",
        false,
        request == null ? null : quantity(request),
        limit == null ? null : quantity(limit));
  }

  private static Quantity quantity(String text) {
    return Quantity.parse(text).orElseThrow();
  }
}
