package io.faultline.rules.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.classify.FailureInfo;

/** What is known of a failure as JSON. Only fields that carry something are there. */
public final class FailureInfoJson {
  private FailureInfoJson() {}

  /** The same field names in events, in rows and in answers. */
  public static ObjectNode of(FailureInfo info) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (info.exitCode() != null) {
      json.put("exitCode", info.exitCode());
    }
    putText(json, "terminationMessage", info.terminationMessage());
    putText(json, "containerName", info.containerName());
    putText(json, "category", info.category());
    putText(json, "subcategory", info.subcategory());
    if (!info.categories().isEmpty()) {
      ArrayNode categories = json.putArray("categories");
      info.categories().forEach(categories::add);
    }
    putText(json, "hint", info.hint());
    return json;
  }

  private static void putText(ObjectNode json, String key, String text) {
    if (!text.isEmpty()) {
      json.put(key, text);
    }
  }
}
