package io.faultline.rules.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.FailureInfo;

/** What the classifier says of a failure as JSON: the answer of {@code classify}. */
public final class ClassificationJson {
  private ClassificationJson() {}

  /** All fields are there, empty ones too; {@code rule} is null where none matched. */
  public static ObjectNode of(Classification classification) {
    FailureInfo info = classification.info();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("category", info.category());
    json.put("subcategory", info.subcategory());
    ArrayNode categories = json.putArray("categories");
    info.categories().forEach(categories::add);
    json.put("action", classification.action().word());
    json.put("hint", info.hint());
    json.put("message", classification.message());
    if (classification.rule() == null) {
      json.putNull("rule");
    } else {
      json.putObject("rule")
          .put("category", classification.rule().category())
          .put("index", classification.rule().index());
    }
    json.set("failureInfo", FailureInfoJson.of(info));
    return json;
  }
}
