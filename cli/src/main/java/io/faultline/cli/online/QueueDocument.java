package io.faultline.cli.online;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.faultline.cli.output.DocumentEdit;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The document of a queue, in which some keys are set and all else stays as it was written. */
final class QueueDocument {
  private static final String ONE = "retryPolicy";
  private static final String CHAIN = "retryPolicies";

  private final String name;
  private final String text;
  private final Map<String, Optional<JsonNode>> changes = new LinkedHashMap<>();

  /**
   * @param text as written, YAML or JSON
   */
  QueueDocument(String name, String text) {
    this.name = name;
    this.text = text;
  }

  /** One that says nothing but its name. */
  static QueueDocument named(String name) {
    QueueDocument document = new QueueDocument(name, "apiVersion: faultline.io/v1\nkind: Queue\n");
    document.changes.put("name", Optional.of(TextNode.valueOf(name)));
    return document;
  }

  void priorityFactor(BigDecimal factor) {
    changes.put("priorityFactor", Optional.of(DecimalNode.valueOf(factor)));
  }

  /**
   * @param one empty for none; null where a chain is given
   * @param chain null where one is given
   */
  void policies(@Nullable String one, @Nullable List<String> chain) {
    changes.put(ONE, one == null ? Optional.empty() : text(one));
    changes.put(CHAIN, chain == null ? Optional.empty() : Optional.of(list(chain)));
  }

  /**
   * @param policy empty for none
   */
  void shadow(String policy) {
    changes.put("shadowPolicy", text(policy));
  }

  void categories(String set) {
    changes.put("categories", text(set));
  }

  /** As it is to be written. */
  String text() {
    return DocumentEdit.of("queue " + name, text, changes);
  }

  private static Optional<JsonNode> text(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(TextNode.valueOf(value));
  }

  private static JsonNode list(List<String> values) {
    ObjectNode holder = JsonNodeFactory.instance.objectNode();
    values.forEach(holder.putArray(CHAIN)::add);
    return holder.get(CHAIN);
  }
}
