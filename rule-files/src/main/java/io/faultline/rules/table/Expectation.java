package io.faultline.rules.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.domain.classify.Classification;
import io.faultline.domain.retry.Decision;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a case expects of one field.
 *
 * @param field which
 * @param value what it must be, in the form that the field is compared in
 */
public record Expectation(ExpectedField field, JsonNode value) {

  /** How it differs from what the rules say; empty where it does not. */
  Optional<Difference> difference(
      Optional<Classification> classification, Optional<Decision> decision) {
    JsonNode actual = field.actual(value, classification, decision);
    return actual.equals(value)
        ? Optional.empty()
        : Optional.of(new Difference(field.word(), text(value), text(actual)));
  }

  private static String text(JsonNode value) {
    if (value.isArray() && !value.isEmpty()) {
      return StreamSupport.stream(value.spliterator(), false)
          .map(JsonNode::asText)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    String text = value.isContainerNode() && !value.isEmpty() ? value.toString() : value.asText("");
    return value.isNull() || text.isEmpty() ? "none" : text;
  }
}
