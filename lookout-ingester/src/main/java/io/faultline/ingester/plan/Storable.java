package io.faultline.ingester.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Values as PostgreSQL takes them: no NUL, no half of a surrogate pair, times in microseconds. */
final class Storable {

  private static final char REPLACEMENT = '\uFFFD';

  private Storable() {}

  /** The text, or null where it is empty: what carries nothing is not stored. */
  static String text(String text) {
    return text == null || text.isEmpty() ? null : clean(text);
  }

  /** The JSON. */
  static String json(JsonNode json) {
    String written = json.toString();
    // a NUL is written as an escape; the search also finds an escaped backslash before "u0000",
    // and the walk then leaves it as it is
    if (written.contains("\\u0000") || needsCleaning(written)) {
      return cleanTree(json).toString();
    }
    return written;
  }

  /** The time to the microsecond, so that what is compared in memory compares alike in a table. */
  static Instant time(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS);
  }

  static String clean(String text) {
    if (!needsCleaning(text)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (pairAt(text, i)) {
        clean.append(c).append(text.charAt(++i));
      } else {
        clean.append(c == 0 || Character.isSurrogate(c) ? REPLACEMENT : c);
      }
    }
    return clean.toString();
  }

  private static boolean needsCleaning(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return true;
      }
      if (Character.isSurrogate(c)) {
        if (!pairAt(text, i)) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static boolean pairAt(String text, int i) {
    return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
  }

  private static JsonNode cleanTree(JsonNode json) {
    if (json.isObject()) {
      ObjectNode clean = JsonNodeFactory.instance.objectNode();
      json.properties().forEach(e -> clean.set(clean(e.getKey()), cleanTree(e.getValue())));
      return clean;
    }
    if (json.isArray()) {
      ArrayNode clean = JsonNodeFactory.instance.arrayNode(json.size());
      json.forEach(element -> clean.add(cleanTree(element)));
      return clean;
    }
    return json.isTextual() ? JsonNodeFactory.instance.textNode(clean(json.textValue())) : json;
  }
}
