package io.faultline.rules.policy;

import io.faultline.domain.resources.Quantity;
import io.faultline.domain.retry.Mutations;
import io.faultline.domain.retry.Mutations.Factor;
import io.faultline.domain.retry.Mutations.Fixed;
import io.faultline.domain.retry.Mutations.MemoryGrowth;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.Optional;

/** Reads what a rule changes about the next run. */
final class MutationsReader {
  private static final BigDecimal MOST = BigDecimal.valueOf(100);
  private static final int MOST_DECIMALS = 20;
  private static final long MOST_BYTES = 1L << 60;

  private MutationsReader() {}

  static Mutations read(YamlNode node) {
    YamlMap map = node.map().only("affinity", "resources");
    return new Mutations(
        map.find("affinity").map(MutationsReader::avoidSameNode).orElse(false),
        map.find("resources")
            .flatMap(n -> n.map().only("memory").find("memory"))
            .map(MutationsReader::memory)
            .orElse(null));
  }

  private static boolean avoidSameNode(YamlNode node) {
    return node.map().only("avoidSameNode").find("avoidSameNode").map(YamlNode::bool).orElse(false);
  }

  private static MemoryGrowth memory(YamlNode node) {
    YamlMap map = node.map().only("factor", "static");
    Optional<YamlNode> factor = map.find("factor");
    Optional<YamlNode> fixed = map.find("static");
    if (factor.isPresent() == fixed.isPresent()) {
      throw node.problem("exactly one is expected of: factor, static");
    }
    return factor.isPresent() ? factor(factor.get()) : fixed(fixed.get());
  }

  private static MemoryGrowth factor(YamlNode node) {
    BigDecimal factor = node.decimal().stripTrailingZeros();
    if (factor.compareTo(BigDecimal.ONE) <= 0
        || factor.compareTo(MOST) > 0
        || factor.scale() > MOST_DECIMALS) {
      throw node.problem(
          "a factor greater than 1 and at most " + MOST + " is expected, not " + node.shown());
    }
    return new Factor(factor.toPlainString());
  }

  private static MemoryGrowth fixed(YamlNode node) {
    String text =
        node.type() == YamlNode.Type.NUMBER ? node.decimal().toPlainString() : node.text();
    long bytes =
        Quantity.parse(text)
            .map(Quantity::bytes)
            .orElseThrow(
                () -> node.problem(Quantity.ALLOWED + " is expected, not " + node.shown()));
    if (bytes == 0 || bytes > MOST_BYTES) {
      throw node.problem("more than 0 and at most 1Ei is expected, not " + node.shown());
    }
    return new Fixed(bytes);
  }
}
