package io.faultline.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sets keys at the top of a YAML or JSON document and leaves the rest, comments and all, as it was
 * written. A document that is written in a way that lines can't be changed in (a map in braces over
 * several lines, say) comes out with the same values in plain form.
 */
public final class DocumentEdit {

  /** Words that a reader of YAML, this or another, may take for something else than text. */
  private static final Set<String> NOT_TEXT =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private DocumentEdit() {}

  /**
   * The document with these keys.
   *
   * @param name as messages show the document
   * @param changes values by key; empty for keys that are to go
   */
  public static String of(String name, String text, Map<String, Optional<JsonNode>> changes) {
    ObjectNode wanted = json(name, text);
    boolean inBraces = text.stripLeading().startsWith("{");
    List<String> lines = new ArrayList<>(text.lines().toList());
    changes.forEach(
        (key, value) -> {
          set(lines, key, value.map(v -> key + ": " + flow(v)));
          value.ifPresentOrElse(v -> wanted.set(key, v), () -> wanted.remove(key));
        });
    if (inBraces) {
      return wanted + "\n";
    }
    String edited = String.join("\n", lines) + "\n";
    return says(name, edited, wanted) ? edited : YamlText.of(wanted);
  }

  /** Replaces the lines of a key where there are any, else adds one at the end. */
  private static void set(List<String> lines, String key, Optional<String> line) {
    for (int at = 0; at < lines.size(); at++) {
      if (lines.get(at).matches(key + "\\s*:(\\s.*)?")) {
        int end = at + 1;
        // what belongs to the key is further in, or an item of its list
        for (int next = end; next < lines.size(); next++) {
          String following = lines.get(next);
          if (following.matches("(\\s+[^\\s#].*|-(\\s.*)?)")) {
            end = next + 1;
          } else if (!following.isBlank() && !following.stripLeading().startsWith("#")) {
            break;
          }
        }
        String comment = comment(lines.get(at));
        lines.subList(at, end).clear();
        if (line.isPresent()) {
          lines.add(at, line.get() + comment);
        }
        return;
      }
    }
    line.ifPresent(lines::add);
  }

  private static String comment(String line) {
    int at = line.indexOf(" #");
    return at < 0 ? "" : line.substring(at);
  }

  private static boolean says(String name, String text, JsonNode wanted) {
    try {
      return json(name, text).equals(json(name, wanted.toString()));
    } catch (RuntimeException notEvenYaml) {
      return false;
    }
  }

  private static ObjectNode json(String name, String text) {
    return (ObjectNode) YamlJson.of(YamlFile.read(name, text).single().map().node());
  }

  private static String flow(JsonNode value) {
    if (value.isArray()) {
      List<String> items = new ArrayList<>();
      value.forEach(item -> items.add(flow(item)));
      return "[" + String.join(", ", items) + "]";
    }
    boolean plain =
        value.isTextual()
            && value.asText().matches("[A-Za-z][-A-Za-z0-9_.]*")
            && !NOT_TEXT.contains(value.asText().toLowerCase(Locale.ROOT));
    return plain ? value.asText() : value.toString();
  }
}
