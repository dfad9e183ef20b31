package io.faultline.executor.pod;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Pod specs of which one value, at whatever place, is one that is not expected there. */
public final class BrokenSpecs {

  private static final ObjectMapper JSON = new ObjectMapper();

  private BrokenSpecs() {}

  /** The spec with null, and with a value of each other type, at each of its places in turn. */
  public static List<String> of(String spec) throws JsonProcessingException {
    JsonNode root = JSON.readTree(spec);
    List<String> broken = new ArrayList<>();
    for (String value : List.of("null", "\"x\"", "0", "true", "{}", "[]", "[null]")) {
      JsonNode other = JSON.readTree(value);
      places(root, other, () -> broken.add(root.toString()));
    }
    return broken;
  }

  private static void places(JsonNode node, JsonNode other, Runnable broken) {
    if (node instanceof ObjectNode object) {
      for (String name : object.propertyStream().map(Map.Entry::getKey).toList()) {
        place(object.get(name), other, value -> object.set(name, value), broken);
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int at = i;
        place(array.get(i), other, value -> array.set(at, value), broken);
      }
    }
  }

  private static void place(
      JsonNode before, JsonNode other, Consumer<JsonNode> set, Runnable broken) {
    set.accept(other);
    broken.run();
    set.accept(before);
    places(before, other, broken);
  }
}
