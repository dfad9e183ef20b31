package io.faultline.eventtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
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

  /** Copies the map. */
  ExpectedDecision {
    fields = Map.copyOf(fields);
  }

  /** Adds what differs, each by name. */
  void compare(@Nullable JsonNode actual, java.util.List<Difference> differences) {
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
