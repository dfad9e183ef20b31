package io.faultline.eventtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.faultline.rules.table.Difference;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of the decision on a failure, in the fields that {@code faultline decide}
 * prints; what is not given is not compared.
 *
 * @param fields by name; {@code rule} is a rule's name or its index, or null for none
 */
record ExpectedDecision(Map<String, JsonNode> fields) {

  /** The field that the event itself carries; all others are on the topic of decisions alone. */
  static final String POLICY = "policy";

  /** All of them, as {@code faultline decide} prints them, and the policy. */
  static final List<String> FIELDS =
      List.of(
          POLICY,
          "rule",
          "decision",
          "reason",
          "retriesUsed",
          "retryLimit",
          "globalMaxRetries",
          "mutations");

  private static final JsonMapper JSON = new JsonMapper();

  /** Copies the map. */
  ExpectedDecision {
    fields = Map.copyOf(fields);
  }

  /**
   * With one more.
   *
   * @throws IllegalArgumentException naming a field that there is not, or what it may be
   */
  ExpectedDecision with(String field, @Nullable Object value) {
    JsonNode json = JSON.valueToTree(value);
    boolean number = json.isIntegralNumber() && json.canConvertToInt() && json.intValue() >= 0;
    boolean text = json.isTextual() && !json.textValue().isEmpty();
    if (!FIELDS.contains(field)) {
      throw new IllegalArgumentException(
          "unknown field \"%s\" of a decision; allowed: %s"
              .formatted(field, String.join(", ", FIELDS)));
    }
    switch (field) {
      case "retriesUsed", "retryLimit", "globalMaxRetries" ->
          require(number, field, "a whole number from 0", json);
      case "mutations" -> require(json.isObject(), field, "a map", json);
      case "rule" ->
          require(number || text || json.isNull(), field, "a name, an index from 0 or null", json);
      default -> require(text, field, "a text", json);
    }
    Map<String, JsonNode> all = new TreeMap<>(fields);
    all.put(field, json);
    return new ExpectedDecision(all);
  }

  private static void require(boolean fits, String field, String allowed, JsonNode value) {
    if (!fits) {
      throw new IllegalArgumentException(
          "decision." + field + ": " + allowed + " is expected, not " + value);
    }
  }

  /** Adds what differs, each by name. */
  void compare(@Nullable JsonNode actual, List<Difference> differences) {
    JsonNode known = actual == null ? JsonNodeFactory.instance.objectNode() : actual;
    new TreeMap<>(fields)
        .forEach(
            (field, expected) -> {
              JsonNode got = known.path(field);
              if (!same(field, expected, got)) {
                differences.add(new Difference("decision." + field, text(expected), text(got)));
              }
            });
  }

  private static boolean same(String field, JsonNode expected, JsonNode actual) {
    if (field.equals("rule") && actual.isObject()) {
      return equal(expected, actual.path("name")) || equal(expected, actual.path("index"));
    }
    return equal(expected, actual);
  }

  /** As values: 1.0 is 1, and what is absent is null. */
  private static boolean equal(JsonNode expected, JsonNode actual) {
    if (absent(expected) || absent(actual)) {
      return absent(expected) && absent(actual);
    }
    if (expected.isNumber() && actual.isNumber()) {
      BigDecimal number = expected.decimalValue();
      return number.compareTo(actual.decimalValue()) == 0;
    }
    if (expected.isObject() && actual.isObject() && expected.size() == actual.size()) {
      return expected.properties().stream()
          .allMatch(field -> equal(field.getValue(), actual.path(field.getKey())));
    }
    return expected.equals(actual);
  }

  private static boolean absent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static String text(JsonNode node) {
    return absent(node) ? "" : node.isTextual() ? node.textValue() : node.toString();
  }
}
