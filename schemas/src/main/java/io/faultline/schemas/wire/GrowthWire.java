package io.faultline.schemas.wire;

import io.faultline.domain.resources.Amount;
import io.faultline.domain.resources.Growth;
import io.faultline.domain.resources.Growth.Factor;
import io.faultline.domain.resources.Growth.Fixed;
import io.faultline.domain.resources.Quantity;
import io.faultline.domain.retry.GrantedGrowth;
import io.faultline.domain.retry.RunMutations;
import io.faultline.schemas.avro.AmountGrowth;
import io.faultline.schemas.avro.GrownAmount;
import io.faultline.schemas.avro.GrowthSource;
import io.faultline.schemas.avro.MemoryFactor;
import io.faultline.schemas.avro.MemoryFixed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** How amounts grow. Memory has a place of its own, where it was before others could grow. */
final class GrowthWire {

  private GrowthWire() {}

  static io.faultline.schemas.avro.RunMutations mutations(RunMutations mutations) {
    List<GrantedGrowth> memory = granted(mutations, true);
    List<GrantedGrowth> others = granted(mutations, false);
    return new io.faultline.schemas.avro.RunMutations(
        mutations.avoidNodes(),
        memory.stream().map(granted -> memory(granted.growth())).toList(),
        mutations.otherNodes(),
        memory.stream().map(GrowthWire::source).toList(),
        others.stream().map(granted -> other(granted.growth())).toList(),
        others.stream().map(GrowthWire::source).toList());
  }

  static RunMutations mutations(io.faultline.schemas.avro.RunMutations mutations) {
    List<GrantedGrowth> all = new ArrayList<>();
    for (int i = 0; i < mutations.getMemory().size(); i++) {
      all.add(granted(memory(mutations.getMemory().get(i)), mutations.getMemorySources(), i));
    }
    for (int i = 0; i < mutations.getOthers().size(); i++) {
      all.add(granted(other(mutations.getOthers().get(i)), mutations.getOtherSources(), i));
    }
    return new RunMutations(mutations.getAvoidNodes(), mutations.getOtherNodes(), all);
  }

  private static List<GrantedGrowth> granted(RunMutations mutations, boolean memory) {
    return mutations.growths().stream()
        .filter(granted -> (granted.growth().amount() == Amount.MEMORY) == memory)
        .toList();
  }

  private static GrantedGrowth granted(Growth growth, List<GrowthSource> sources, int index) {
    if (index >= sources.size()) {
      return new GrantedGrowth(growth, "", "", 0);
    }
    GrowthSource source = sources.get(index);
    return new GrantedGrowth(growth, source.getPolicy(), source.getRule(), source.getRunIndex());
  }

  private static GrowthSource source(GrantedGrowth granted) {
    return new GrowthSource(granted.policy(), granted.rule(), granted.runIndex());
  }

  static Object memory(Growth growth) {
    if (growth instanceof Factor factor) {
      return new MemoryFactor(factor.factor(), text(factor.max()));
    } else if (growth instanceof Fixed fixed) {
      return new MemoryFixed(fixed.more().bytes(), text(fixed.max()));
    }
    throw new IllegalStateException("growth without a mapping: " + growth);
  }

  static Growth memory(Object growth) {
    if (growth instanceof MemoryFactor factor) {
      return new Factor(Amount.MEMORY, factor.getFactor(), quantity(factor.getMax()));
    } else if (growth instanceof MemoryFixed fixed) {
      return new Fixed(Amount.MEMORY, Quantity.ofBytes(fixed.getBytes()), quantity(fixed.getMax()));
    }
    throw new IllegalStateException("growth without a mapping: " + growth);
  }

  static AmountGrowth other(Growth growth) {
    GrownAmount amount = Words.to(GrownAmount.class, growth.amount());
    if (growth instanceof Factor factor) {
      return new AmountGrowth(amount, factor.factor(), null, text(factor.max()));
    } else if (growth instanceof Fixed fixed) {
      return new AmountGrowth(amount, null, text(fixed.more()), text(fixed.max()));
    }
    throw new IllegalStateException("growth without a mapping: " + growth);
  }

  static Growth other(AmountGrowth growth) {
    Amount amount = Words.to(Amount.class, growth.getAmount());
    Quantity max = quantity(growth.getMax());
    return growth.getFactor() != null
        ? new Factor(amount, growth.getFactor(), max)
        : new Fixed(amount, new Quantity(new BigDecimal(growth.getMore())), max);
  }

  private static String text(Quantity quantity) {
    return quantity == null ? null : quantity.value().toPlainString();
  }

  private static Quantity quantity(String text) {
    return text == null ? null : new Quantity(new BigDecimal(text));
  }
}
