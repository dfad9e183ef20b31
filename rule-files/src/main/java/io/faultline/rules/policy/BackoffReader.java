package io.faultline.rules.policy;

import io.faultline.domain.retry.Backoff;
import io.faultline.rules.yaml.GoDuration;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.math.BigDecimal;
import java.time.Duration;

/** Reads how long retries wait. */
final class BackoffReader {

  private static final BigDecimal MOST_FACTOR = BigDecimal.valueOf(100);
  private static final int MOST_DECIMALS = 10;

  private BackoffReader() {}

  static Backoff read(YamlNode node) {
    YamlMap map = node.map().only("initial", "factor", "max", "jitter");
    Duration initial = wait(map.require("initial"));
    Duration max = map.find("max").map(n -> max(n, initial)).orElse(longer(initial));
    return new Backoff(
        initial,
        map.find("factor")
            .map(n -> decimal(n, BigDecimal.ONE, MOST_FACTOR))
            .orElse(Backoff.DEFAULT_FACTOR),
        max,
        map.find("jitter")
            .map(n -> decimal(n, BigDecimal.ZERO, BigDecimal.ONE).doubleValue())
            .orElse(0.0));
  }

  private static Duration longer(Duration initial) {
    return initial.compareTo(Backoff.DEFAULT_MAX) > 0 ? initial : Backoff.DEFAULT_MAX;
  }

  private static Duration max(YamlNode node, Duration initial) {
    Duration max = wait(node);
    if (max.compareTo(initial) < 0) {
      throw node.problem(
          "at least initial, " + GoDuration.text(initial) + ", is expected, not " + node.shown());
    }
    return max;
  }

  private static Duration wait(YamlNode node) {
    return GoDuration.parse(node.text())
        .filter(wait -> wait.compareTo(Backoff.LONGEST) <= 0)
        .filter(wait -> wait.toMillis() > 0)
        .orElseThrow(
            () ->
                node.problem(
                    "a time such as 500ms, 10s, 1m30s or 2h, at least 1ms and at most 720h, is"
                        + " expected, not "
                        + node.shown()));
  }

  private static BigDecimal decimal(YamlNode node, BigDecimal least, BigDecimal most) {
    BigDecimal number = node.decimal().stripTrailingZeros();
    if (number.compareTo(least) < 0
        || number.compareTo(most) > 0
        || number.scale() > MOST_DECIMALS) {
      throw node.problem(
          "a number from "
              + least
              + " to "
              + most
              + " with at most "
              + MOST_DECIMALS
              + " decimals is expected, not "
              + node.shown());
    }
    return new BigDecimal(number.toPlainString());
  }
}
