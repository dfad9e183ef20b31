package io.faultline.domain.resources;

import io.faultline.domain.retry.Mutations.Factor;
import io.faultline.domain.retry.Mutations.Fixed;
import io.faultline.domain.retry.Mutations.MemoryGrowth;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a pod's containers after growths. Exact until the end, then rounded up to whole
 * bytes once; requests and limits grow together; what a container does not ask for is not given.
 */
public final class GrownMemory {

  private GrownMemory() {}

  /**
   * Applies all growths that were granted to a job.
   *
   * @param containers as submitted, regular and init
   * @param growths all of one type
   * @return the containers in the same order
   */
  public static List<ContainerMemory> of(
      List<ContainerMemory> containers, List<MemoryGrowth> growths) {
    BigDecimal factor = BigDecimal.ONE;
    BigDecimal amount = BigDecimal.ZERO;
    for (MemoryGrowth growth : growths) {
      if (growth instanceof Factor times) {
        factor = factor.multiply(new BigDecimal(times.factor()));
      } else if (growth instanceof Fixed more) {
        amount = amount.add(BigDecimal.valueOf(more.bytes()));
      } else {
        throw new IllegalStateException("unknown growth: " + growth);
      }
    }
    if (factor.compareTo(BigDecimal.ONE) == 0 && amount.signum() == 0) {
      return List.copyOf(containers);
    }
    BigDecimal total =
        containers.stream()
            .filter(c -> !c.init())
            .map(ContainerMemory::weight)
            .map(w -> w == null ? BigDecimal.ZERO : w.value())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal times = factor;
    BigDecimal more = amount;
    return containers.stream().map(c -> grown(c, times, share(c, more, total))).toList();
  }

  /** An init container gets all of it, as it runs alone; a regular one its part, rounded up. */
  private static BigDecimal share(ContainerMemory container, BigDecimal amount, BigDecimal total) {
    if (container.init()) {
      return amount;
    }
    Quantity weight = container.weight();
    if (weight == null || total.signum() == 0) {
      return BigDecimal.ZERO;
    }
    return amount.multiply(weight.value()).divide(total, 0, RoundingMode.CEILING);
  }

  private static ContainerMemory grown(
      ContainerMemory container, BigDecimal factor, BigDecimal share) {
    return new ContainerMemory(
        container.name(),
        container.init(),
        grown(container.request(), factor, share),
        grown(container.limit(), factor, share));
  }

  private static @Nullable Quantity grown(
      @Nullable Quantity quantity, BigDecimal factor, BigDecimal share) {
    return quantity == null
        ? null
        : new Quantity(
            quantity.value().multiply(factor).add(share).setScale(0, RoundingMode.CEILING));
  }
}
