package io.faultline.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.util.List;

/** Prints answers in the format asked for. */
public final class Output {
  private static final ObjectMapper JSON =
      new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, false);

  private final PrintWriter out;
  private final OutputFormat format;

  public Output(PrintWriter out, OutputFormat format) {
    this.out = out;
    this.format = format;
  }

  /** Prints one thing. People get what {@code text} writes. */
  public void one(JsonNode thing, Text text) {
    switch (format) {
      case TABLE, WIDE -> text.write(out);
      case JSON -> out.println(pretty(thing));
      case YAML -> out.print(YamlText.of(thing));
      case JSONL -> out.println(thing);
    }
    out.flush();
  }

  /** Prints a list. JSON and YAML get {@code items}. */
  public void list(List<? extends JsonNode> things, Columns columns) {
    switch (format) {
      case TABLE -> columns.print(out, things, false);
      case WIDE -> columns.print(out, things, true);
      case JSON, YAML -> one(items(things), writer -> {});
      case JSONL -> things.forEach(out::println);
    }
    out.flush();
  }

  private static JsonNode items(List<? extends JsonNode> things) {
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    things.forEach(items::add);
    return JsonNodeFactory.instance.objectNode().set("items", items);
  }

  private static String pretty(JsonNode thing) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(thing);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes something for people. */
  @FunctionalInterface
  public interface Text {
    void write(PrintWriter out);
  }
}
