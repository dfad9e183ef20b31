package io.faultline.eventtest;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.domain.pattern.BadPatternException;
import io.faultline.domain.pattern.Re2Pattern;
import io.faultline.rules.yaml.GoDuration;
import io.faultline.rules.yaml.YamlJson;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one expected or forbidden event: {@code failed: {categories: [oom]}}. */
final class ExpectedEventReader {

  private ExpectedEventReader() {}

  static ExpectedEvent forbidden(YamlNode node) {
    ExpectedEvent event = expected(node);
    if (event.within() != null || event.count() != null) {
      throw node.problem("a forbidden event has neither \"within\" nor \"count\"");
    }
    return event;
  }

  /** The first one of a list: it has none before it that its time could be measured from. */
  static void refuseWithin(YamlNode first) {
    YamlNode details = details(first);
    if (!details.isNull()) {
      details
          .map()
          .find("within")
          .ifPresent(
              within -> {
                throw within.problem("the first event has none before it");
              });
    }
  }

  static ExpectedEvent expected(YamlNode node) {
    Set<String> keys = node.map().keys();
    if (keys.size() != 1) {
      throw node.problem("one event is expected, as in \"- submitted:\", not " + keys.size());
    }
    EventKind kind = kind(node, keys.iterator().next());
    YamlNode details = details(node);
    if (details.isNull()) {
      return new ExpectedEvent(
          kind, kind == EventKind.FAILED ? ExpectedFailure.TERMINAL : null, null, null);
    }
    YamlMap map = details.map();
    return new ExpectedEvent(
        kind,
        kind == EventKind.FAILED ? failure(map) : nothingOfFailures(map),
        map.find("within").map(ExpectedEventReader::duration).orElse(null),
        map.find("count").map(n -> (int) n.integer(1, ExpectedEvent.MOST_TIMES)).orElse(null));
  }

  /** The kind that a word means. */
  static EventKind kind(YamlNode node, String word) {
    return EventKind.of(word).orElseThrow(() -> node.problem(EventKind.unknown(word)));
  }

  /** As Go writes durations. */
  static Duration duration(YamlNode node) {
    return GoDuration.parse(node.text())
        .orElseThrow(
            () ->
                node.problem(
                    node.shown() + " is no duration; allowed: such as 300s, 1m30s or 500ms"));
  }

  private static YamlNode details(YamlNode node) {
    YamlMap map = node.map();
    return map.written(map.keys().iterator().next()).orElseThrow();
  }

  private static @Nullable ExpectedFailure nothingOfFailures(YamlMap map) {
    map.only("within", "count");
    return null;
  }

  private static ExpectedFailure failure(YamlMap map) {
    map.only(
        "categories",
        "failureCategory",
        "failureSubcategory",
        "reason",
        "retryable",
        "decision",
        "within",
        "count");
    return new ExpectedFailure(
        map.find("categories").map(list -> list.list(YamlNode::text)).orElse(null),
        map.textOrEmpty("failureCategory"),
        map.textOrEmpty("failureSubcategory"),
        map.find("reason")
            .filter(r -> !r.text().isEmpty())
            .map(ExpectedEventReader::pattern)
            .orElse(null),
        map.find("retryable").map(YamlNode::bool).orElse(false),
        map.find("decision").map(ExpectedEventReader::decision).orElse(null));
  }

  private static ExpectedDecision decision(YamlNode node) {
    YamlMap map = node.map().only(ExpectedDecision.FIELDS);
    if (map.keys().isEmpty()) {
      throw node.problem(
          "at least one of " + String.join(", ", ExpectedDecision.FIELDS) + " is expected");
    }
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    for (String key : map.keys()) {
      YamlNode value = map.written(key).orElseThrow();
      switch (key) {
        case "retriesUsed", "retryLimit", "globalMaxRetries" -> value.integer(0, Integer.MAX_VALUE);
        case "mutations" -> value.map();
        case "rule" -> {
          boolean index = value.type() == YamlNode.Type.NUMBER;
          if (!index && !value.isNull()) {
            value.text();
          }
        }
        default -> value.text();
      }
      fields.put(key, YamlJson.of(value));
    }
    return new ExpectedDecision(fields);
  }

  private static Re2Pattern pattern(YamlNode node) {
    try {
      return Re2Pattern.compile(node.text());
    } catch (BadPatternException e) {
      throw node.problem(node.shown() + " is " + e.getMessage());
    }
  }
}
