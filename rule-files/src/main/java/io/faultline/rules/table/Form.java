package io.faultline.rules.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.rules.yaml.YamlJson;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** How a field is written in a test, and in which form it is compared. {@code null} is none. */
final class Form {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Text; none is the empty one. */
  static final Form TEXT = new Form(n -> text(n.isNull() ? "" : n.text()), (e, a) -> text(a));

  /** Names, compared as a set. */
  static final Form NAMES =
      new Form(
          n -> names(n.isNull() ? Stream.of() : n.list(YamlNode::text).stream()),
          (e, a) -> names(StreamSupport.stream(a.spliterator(), false).map(name -> name.asText())));

  /** A whole number of 32 bits. */
  static final Form NUMBER =
      new Form(n -> n.isNull() ? JSON.nullNode() : JSON.numberNode(n.int32()), (e, a) -> orNull(a));

  /** A map as it is, but that 2 is 2.0. */
  static final Form MAP =
      new Form(
          n -> n.isNull() ? JSON.objectNode() : alike(YamlJson.of(n.map().node())),
          (e, a) -> a.isMissingNode() ? JSON.objectNode() : alike(a));

  private final Function<YamlNode, JsonNode> read;
  private final BinaryOperator<JsonNode> actual;

  private Form(Function<YamlNode, JsonNode> read, BinaryOperator<JsonNode> actual) {
    this.read = read;
    this.actual = actual;
  }

  /** One of these words. */
  static Form word(List<String> words) {
    return new Form(n -> text(n.word("word", words, w -> w)), (e, a) -> text(a));
  }

  /**
   * A rule, by its index, by what else is known of it, or by both in a map.
   *
   * @param other the key of what else is known: a text. It stands alone only where it is the name
   */
  static Form rule(String other) {
    return new Form(n -> readRule(n, other), (e, a) -> actualRule(e, a, other));
  }

  /** What is written. */
  JsonNode read(YamlNode written) {
    return read.apply(written);
  }

  /** What the rules say, as it is compared with what is expected. */
  JsonNode actual(JsonNode expected, JsonNode said) {
    return actual.apply(expected, said);
  }

  private static JsonNode readRule(YamlNode node, String other) {
    return switch (node.type()) {
      case NULL -> JSON.nullNode();
      case MAP -> {
        YamlMap map = node.map().only(other, "index");
        ObjectNode rule = JSON.objectNode();
        rule.put(other, map.require(other).text());
        rule.put("index", map.require("index").int32());
        yield rule;
      }
      case TEXT -> {
        if (!other.equals("name")) {
          throw node.problem(
              "the rule's index in its category is expected, from 0, or null for none, not "
                  + node.shown());
        }
        yield text(node.text());
      }
      default -> JSON.numberNode((int) node.integer(0, Integer.MAX_VALUE));
    };
  }

  private static JsonNode actualRule(JsonNode expected, JsonNode said, String other) {
    if (!said.isObject()) {
      return JSON.nullNode();
    }
    if (expected.isTextual()) {
      return said.path(other);
    }
    if (expected.isNumber()) {
      return said.path("index");
    }
    ObjectNode rule = JSON.objectNode();
    rule.set(other, said.path(other));
    rule.set("index", said.path("index"));
    return rule;
  }

  private static JsonNode text(String text) {
    return JSON.textNode(text);
  }

  private static JsonNode text(JsonNode said) {
    return text(said.asText(""));
  }

  private static JsonNode orNull(JsonNode said) {
    return said.isMissingNode() ? JSON.nullNode() : said;
  }

  private static JsonNode names(Stream<String> names) {
    return names
        .sorted()
        .distinct()
        .collect(JSON::arrayNode, (list, name) -> list.add(name), (a, b) -> a.addAll(b));
  }

  private static JsonNode alike(JsonNode node) {
    if (node.isNumber()) {
      BigDecimal plain = node.decimalValue().stripTrailingZeros();
      return JSON.numberNode(plain.scale() < 0 ? plain.setScale(0) : plain);
    }
    if (node instanceof ObjectNode map) {
      ObjectNode alike = JSON.objectNode();
      map.properties().forEach(field -> alike.set(field.getKey(), alike(field.getValue())));
      return alike;
    }
    return node;
  }
}
