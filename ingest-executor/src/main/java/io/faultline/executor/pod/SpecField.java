package io.faultline.executor.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.faultline.domain.resources.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A value of a pod spec and its place. A field that is absent and one that is null are the same, as
 * they are to Kubernetes; a value of the wrong type is refused by place, and an item that is null.
 */
record SpecField(String place, JsonNode node) {

  boolean absent() {
    return node.isMissingNode() || node.isNull();
  }

  SpecField get(String name) {
    if (!absent() && !node.isObject()) {
      throw wrong("an object");
    }
    return new SpecField(
        place + "." + name, absent() ? MissingNode.getInstance() : node.path(name));
  }

  /** The items of a list of objects; none where it is absent. */
  List<SpecField> objects() {
    return items("an object");
  }

  private List<SpecField> items(String allowed) {
    if (absent()) {
      return List.of();
    }
    if (!node.isArray()) {
      throw wrong("a list");
    }
    List<SpecField> items = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      SpecField item = new SpecField(place + "[" + i + "]", node.get(i));
      if (item.absent()) {
        throw item.wrong(allowed);
      }
      items.add(item);
    }
    return items;
  }

  /** A text without NUL, which neither a command line nor a path can carry. */
  String text(String whenAbsent) {
    if (absent()) {
      return whenAbsent;
    }
    if (!node.isTextual()) {
      throw wrong("a text");
    }
    if (node.textValue().indexOf('\0') >= 0) {
      throw new PodSpecException(place, "has a NUL character; allowed: any text without one");
    }
    return node.textValue();
  }

  List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (SpecField item : items("a text")) {
      texts.add(item.text(""));
    }
    return texts;
  }

  OptionalLong whole(long least) {
    if (absent()) {
      return OptionalLong.empty();
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < least) {
      throw wrong("a whole number from " + least);
    }
    return OptionalLong.of(node.longValue());
  }

  /** A quantity, null where it is absent; a plain JSON number is one too. */
  @Nullable Quantity quantity() {
    if (absent()) {
      return null;
    }
    if (!node.isTextual() && !node.isNumber()) {
      throw wrong("a quantity, for example 512Mi");
    }
    return Quantity.parse(node.asText()).orElseThrow(() -> wrong(Quantity.ALLOWED));
  }

  PodSpecException wrong(String allowed) {
    String shown = node.toString();
    String value = shown.length() > 80 ? shown.substring(0, 80) + "…" : shown;
    return new PodSpecException(place, (absent() ? "null" : value) + "; allowed: " + allowed);
  }
}
