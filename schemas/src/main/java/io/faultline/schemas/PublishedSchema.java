package io.faultline.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.apache.avro.Schema;

/** A generated class's schema as others see it: without Java's own properties. */
final class PublishedSchema {

  private static final String JAVA_STRING = "avro.java.string";
  private static final ObjectMapper JSON = new ObjectMapper();

  private PublishedSchema() {}

  static Schema of(Schema generated) {
    try {
      return new Schema.Parser().parse(plain(JSON.readTree(generated.toString())).toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a schema's text is always JSON", e);
    }
  }

  private static JsonNode plain(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode plain = JSON.createArrayNode();
      array.forEach(element -> plain.add(plain(element)));
      return plain;
    } else if (node instanceof ObjectNode object) {
      return plain(object);
    }
    return node;
  }

  private static JsonNode plain(ObjectNode object) {
    ObjectNode plain = JSON.createObjectNode();
    object
        .properties()
        .forEach(
            field -> {
              if (!field.getKey().equals(JAVA_STRING)) {
                plain.set(field.getKey(), plain(field.getValue()));
              }
            });
    boolean onlyType = plain.size() == 1 && object.has(JAVA_STRING);
    return onlyType ? TextNode.valueOf(plain.path("type").textValue()) : plain;
  }
}
