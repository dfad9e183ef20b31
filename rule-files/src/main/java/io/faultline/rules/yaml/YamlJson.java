package io.faultline.rules.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;

/** A node as JSON, for what is passed on without being understood: pod specs, trigger data. */
public final class YamlJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private YamlJson() {}

  /**
   * The same value as JSON.
   *
   * @throws RuleFileException where a key is repeated
   */
  public static JsonNode of(YamlNode node) {
    return switch (node.type()) {
      case MAP -> map(node.map());
      case LIST -> {
        ArrayNode array = JSON.arrayNode();
        node.list().forEach(item -> array.add(of(item)));
        yield array;
      }
      case TEXT, NUMBER, BOOLEAN, NULL ->
          node.scalar().map(YamlJson::scalar).orElse(JSON.nullNode());
    };
  }

  private static ObjectNode map(YamlMap map) {
    ObjectNode object = JSON.objectNode();
    map.entries().forEach(entry -> object.set(entry.key(), of(entry.value())));
    return object;
  }

  private static JsonNode scalar(Object value) {
    if (value instanceof BigInteger whole) {
      if (whole.bitLength() < 32) {
        return JSON.numberNode(whole.intValueExact());
      }
      return whole.bitLength() < 64
          ? JSON.numberNode(whole.longValueExact())
          : JSON.numberNode(whole);
    }
    if (value instanceof BigDecimal decimal) {
      return JSON.numberNode(decimal);
    }
    return value instanceof Boolean truth ? JSON.booleanNode(truth) : JSON.textNode((String) value);
  }
}
