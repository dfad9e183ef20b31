package io.faultline.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;

/** The public stream's schema as another version of this program has it. */
final class OtherVersions {

  private static final ObjectMapper JSON = new ObjectMapper();

  private OtherVersions() {}

  /** A version of the past: it knows no {@code RetryScheduled}, and of a failure no policy. */
  static Schema past() {
    return changed(
        kinds -> {
          remove(kinds, "RetryScheduled");
          remove((ArrayNode) named(kinds, "Failed").path("fields"), "policy");
        });
  }

  /** A version of the future that says whom a failure is blamed on. */
  static Schema withAField() {
    JsonNode blame =
        parsed(
            """
            {"name": "blame", "type": "string", "default": ""}
            """);
    return changed(kinds -> ((ArrayNode) named(kinds, "Failed").path("fields")).insert(0, blame));
  }

  /** A version of the future with a kind {@code Paused}. */
  static Schema withAKind() {
    JsonNode paused =
        parsed(
            """
            {"type": "record", "name": "Paused", "fields": []}
            """);
    return changed(kinds -> kinds.insert(0, paused));
  }

  private static Schema changed(Consumer<ArrayNode> change) {
    JsonNode schema = parsed(Codecs.schema(Topics.JOB_EVENTS).toString());
    change.accept((ArrayNode) named(schema.path("fields"), "detail").path("type"));
    return new Schema.Parser().parse(schema.toString());
  }

  private static JsonNode named(JsonNode array, String name) {
    return StreamSupport.stream(array.spliterator(), false)
        .filter(node -> node.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void remove(ArrayNode array, String name) {
    JsonNode gone = named(array, name);
    array.removeIf(gone::equals);
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(json, e);
    }
  }
}
