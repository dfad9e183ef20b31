package io.faultline.rules.policy;

import io.faultline.domain.resources.Amount;
import io.faultline.domain.resources.Growth;
import io.faultline.domain.resources.Quantity;
import io.faultline.domain.retry.Mutations;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads what a rule changes about the next run. */
final class MutationsReader {
  private static final BigDecimal MOST_FACTOR = BigDecimal.valueOf(100);
  private static final int MOST_DECIMALS = 20;
  private static final BigDecimal MOST = BigDecimal.valueOf(1L << 60);
  private static final List<String> OF_CONTAINERS =
      Arrays.stream(Amount.values()).filter(Amount::ofContainers).map(Amount::word).toList();

  private MutationsReader() {}

  static Mutations read(YamlNode node) {
    String deadline = Amount.ACTIVE_DEADLINE.word();
    YamlMap map = node.map().only("affinity", "resources", deadline);
    List<Growth> growths = new ArrayList<>();
    map.find("resources").ifPresent(n -> growths.addAll(resources(n)));
    map.find(deadline).map(n -> growth(n, Amount.ACTIVE_DEADLINE)).ifPresent(growths::add);
    Optional<YamlMap> affinity =
        map.find("affinity").map(n -> n.map().only("avoidSameNode", "preferOtherNode"));
    return new Mutations(
        affinity.map(a -> flag(a, "avoidSameNode")).orElse(false),
        affinity.map(a -> flag(a, "preferOtherNode")).orElse(false),
        growths);
  }

  private static boolean flag(YamlMap map, String key) {
    return map.find(key).map(YamlNode::bool).orElse(false);
  }

  private static List<Growth> resources(YamlNode node) {
    YamlMap map = node.map().only(OF_CONTAINERS);
    return OF_CONTAINERS.stream()
        .flatMap(word -> map.find(word).map(n -> growth(n, amount(word))).stream())
        .toList();
  }

  private static Amount amount(String word) {
    return Amount.ofWord(word).orElseThrow(() -> new IllegalStateException(word));
  }

  private static Growth growth(YamlNode node, Amount amount) {
    YamlMap map = node.map().only("factor", "static", "max");
    Optional<YamlNode> factor = map.find("factor");
    Optional<YamlNode> fixed = map.find("static");
    if (factor.isPresent() == fixed.isPresent()) {
      throw node.problem("exactly one is expected of: factor, static");
    }
    Quantity max = map.find("max").map(n -> quantity(n, amount)).orElse(null);
    return factor.isPresent()
        ? new Growth.Factor(amount, factor(factor.get()), max)
        : new Growth.Fixed(amount, quantity(fixed.get(), amount), max);
  }

  private static String factor(YamlNode node) {
    BigDecimal factor = node.decimal().stripTrailingZeros();
    if (factor.compareTo(BigDecimal.ONE) <= 0
        || factor.compareTo(MOST_FACTOR) > 0
        || factor.scale() > MOST_DECIMALS) {
      throw node.problem(
          "a factor greater than 1 and at most "
              + MOST_FACTOR
              + " is expected, not "
              + node.shown());
    }
    return factor.toPlainString();
  }

  private static Quantity quantity(YamlNode node, Amount amount) {
    String text =
        node.type() == YamlNode.Type.NUMBER ? node.decimal().toPlainString() : node.text();
    BigDecimal value =
        Quantity.parse(text)
            .map(Quantity::value)
            .map(amount::whole)
            .orElseThrow(
                () -> node.problem(Quantity.ALLOWED + " is expected, not " + node.shown()));
    if (value.signum() == 0 || value.compareTo(MOST) > 0) {
      throw node.problem("more than 0 and at most 1Ei is expected, not " + node.shown());
    }
    return new Quantity(value);
  }
}
