package io.faultline.domain.resources;

import static java.math.RoundingMode.FLOOR;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pod's containers ask for after growths. Exact until the end, then rounded up to whole
 * units once; requests and limits grow together; what a container does not ask for is not given.
 */
public final class GrownAmounts {

  /** A part that never ends is cut so far down that rounding the sum up comes out the same. */
  private static final int DIGITS = 40;

  private GrownAmounts() {}

  /**
   * Applies all growths of one amount that were granted to a job.
   *
   * @param containers as submitted, regular and init
   * @param growths of this amount, all of one type, in the order they were granted
   * @return the containers in the same order
   */
  public static List<ContainerAmount> of(
      Amount amount, List<ContainerAmount> containers, List<Growth> growths) {
    BigDecimal total =
        containers.stream()
            .filter(container -> !container.init())
            .map(ContainerAmount::weight)
            .map(weight -> weight == null ? BigDecimal.ZERO : weight.value())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    List<ContainerAmount> grown = new ArrayList<>(containers.size());
    for (ContainerAmount container : containers) {
      List<Growth> own = growths.stream().map(g -> share(g, container, total)).toList();
      grown.add(
          new ContainerAmount(
              container.name(),
              container.init(),
              one(amount, container.request(), own),
              one(amount, container.limit(), own)));
    }
    return grown;
  }

  /** Applies growths to one value, each by itself; null stays null. */
  public static @Nullable Quantity one(
      Amount amount, @Nullable Quantity submitted, List<Growth> growths) {
    if (submitted == null || growths.isEmpty()) {
      return submitted;
    }
    BigDecimal value = submitted.value();
    for (Growth growth : growths) {
      value = grown(value, growth);
    }
    // what was submitted is kept to the letter where it can't grow, even where it is not whole
    return value.compareTo(submitted.value()) == 0 ? submitted : new Quantity(amount.whole(value));
  }

  private static BigDecimal grown(BigDecimal value, Growth growth) {
    BigDecimal more;
    if (growth instanceof Growth.Factor times) {
      more = value.multiply(new BigDecimal(times.factor()));
    } else if (growth instanceof Growth.Fixed fixed) {
      more = value.add(fixed.more().value());
    } else {
      throw new IllegalStateException("unknown growth: " + growth);
    }
    Quantity max = growth.max();
    return max == null ? more : more.min(max.value().max(value));
  }

  /** An init container gets all of it, as it runs alone; a regular one its part. */
  private static Growth share(Growth growth, ContainerAmount container, BigDecimal total) {
    if (!(growth instanceof Growth.Fixed fixed) || container.init()) {
      return growth;
    }
    Quantity weight = container.weight();
    BigDecimal part =
        weight == null || total.signum() == 0
            ? BigDecimal.ZERO
            : fixed.more().value().multiply(weight.value()).divide(total, DIGITS, FLOOR);
    return new Growth.Fixed(growth.amount(), new Quantity(part), growth.max());
  }
}
