package io.faultline.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * An answer, which may be a refusal.
 *
 * @param status HTTP's
 * @param body as it came
 */
public record Answer(int status, String body) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The body as JSON; an empty object where it is none. */
  public JsonNode json() {
    try {
      JsonNode json = JSON.readTree(body);
      return json == null || json.isMissingNode() ? empty() : json;
    } catch (JsonProcessingException e) {
      return empty();
    }
  }

  /** The array under a key; empty where there is none. */
  public ArrayNode array(String key) {
    return json().path(key) instanceof ArrayNode array
        ? array
        : JsonNodeFactory.instance.arrayNode();
  }

  private static JsonNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }
}
