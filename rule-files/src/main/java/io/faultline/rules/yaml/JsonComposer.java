package io.faultline.rules.yaml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes nodes of JSON text. YAML's parser reads nearly all of it as well, but not characters such
 * as U+007F, which JSON may carry unescaped and printed pods do.
 */
final class JsonComposer {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(YamlFile.MAX_SIZE)
                  .maxNestingDepth(YamlComposer.DEEPEST)
                  .build())
          .build();

  private final String file;
  private final JsonParser parser;

  private JsonComposer(String file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /** The only document; empty where the text is not one JSON object or array. */
  static Optional<YamlNode> compose(String file, String text) {
    String start = text.stripLeading();
    if (!start.startsWith("{") && !start.startsWith("[")) {
      return Optional.empty();
    }
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      YamlNode node = new JsonComposer(file, parser).node(YamlPath.ROOT);
      return parser.nextToken() == null ? Optional.of(node) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private YamlNode node(YamlPath path) throws IOException {
    JsonLocation at = parser.currentTokenLocation();
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> map(at, path);
      case START_ARRAY -> list(at, path);
      case VALUE_STRING -> node(at, path, YamlNode.Type.TEXT, text());
      case VALUE_NUMBER_INT -> node(at, path, YamlNode.Type.NUMBER, parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> node(at, path, YamlNode.Type.NUMBER, parser.getDecimalValue());
      case VALUE_TRUE, VALUE_FALSE ->
          node(at, path, YamlNode.Type.BOOLEAN, parser.getBooleanValue());
      case VALUE_NULL -> node(at, path, YamlNode.Type.NULL, null);
      default -> throw new IOException("not expected here: " + token);
    };
  }

  private String text() throws IOException {
    String text = parser.getText();
    if (YamlComposer.unpairedSurrogate(text)) {
      throw new IOException("half of a surrogate pair"); // the YAML composer says where
    }
    return text;
  }

  private YamlNode list(JsonLocation at, YamlPath path) throws IOException {
    List<YamlNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(path.item(items.size())));
    }
    return node(at, path, YamlNode.Type.LIST, List.copyOf(items));
  }

  private YamlNode map(JsonLocation at, YamlPath path) throws IOException {
    YamlMap map = new YamlMap();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      JsonLocation keyAt = parser.currentTokenLocation();
      String key = parser.currentName();
      parser.nextToken();
      YamlNode value = node(path.key(key));
      map.put(new YamlMap.Entry(key, keyAt.getLineNr(), keyAt.getColumnNr(), value));
    }
    YamlNode node = node(at, path, YamlNode.Type.MAP, map);
    map.belongTo(node);
    return node;
  }

  private YamlNode node(JsonLocation at, YamlPath path, YamlNode.Type type, Object value) {
    return new YamlNode(file, at.getLineNr(), at.getColumnNr(), path, type, value);
  }
}
