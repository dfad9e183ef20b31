package io.faultline.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A resource at one of its revisions.
 *
 * @param kind the word of its kind
 * @param name its name
 * @param revision one sequence over all resources
 * @param change what a write came to: {@code created}, {@code updated}, {@code unchanged}, {@code
 *     deleted}; empty where it was not a write
 * @param changedAt when this revision was written
 * @param changedBy by whom
 * @param deleted whether this revision is its deletion
 * @param body the document as written; empty in lists and in answers to writes
 * @param warnings what in a written document is hardly meant
 * @param json all that was answered
 */
public record Resource(
    String kind,
    String name,
    long revision,
    String change,
    Instant changedAt,
    String changedBy,
    boolean deleted,
    String body,
    List<String> warnings,
    JsonNode json) {

  static Resource of(JsonNode json) {
    List<String> warnings = new ArrayList<>();
    json.path("warnings").forEach(warning -> warnings.add(warning.asText()));
    String changedAt = json.path("changedAt").asText("");
    return new Resource(
        json.path("kind").asText(""),
        json.path("name").asText(""),
        json.path("revision").asLong(),
        json.path("change").asText(""),
        changedAt.isEmpty() ? Instant.EPOCH : Instant.parse(changedAt),
        json.path("changedBy").asText(""),
        json.path("deleted").asBoolean(),
        json.path("body").asText(""),
        warnings,
        json);
  }
}
