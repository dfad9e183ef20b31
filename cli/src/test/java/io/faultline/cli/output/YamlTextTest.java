package io.faultline.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlJson;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class YamlTextTest {
  private static final List<String> PARTS =
      List.of(
          "0", "7", "1_0", "e", "x", ".", "-", "+", ":", " ", "\n", "\t", "#", "'", "\"", "\\", "|",
          ">", "%", "@", "`", "*", "&", "!", "?", "[", "}", ",", "=", "<<", "null", "yes", "---",
          "...", "\r", "\u0000", "\u0007", "\u007f", "\u0085", "\u2028", "\uFEFF", "\uFFFD", "ü",
          "😀", "\n\n", "  ", "\n  ", "- ", "key: ");

  @TestFactory
  Stream<DynamicTest> textThatLooksLikeSomethingElseStaysText() {
    return Stream.of(
            "",
            " ",
            "~",
            "null",
            "NULL",
            "true",
            "False",
            "yes",
            "No",
            "on",
            "y",
            "0123",
            "0_1",
            "0x1f",
            "0o7",
            "1e3",
            ".5",
            "+1",
            "-",
            ".inf",
            ".NaN",
            "2026-03-01",
            "2026-03-01T10:05:00Z",
            "12:30:45",
            "=",
            "<<",
            "a: b",
            "# no",
            "line\nline\n",
            "\n")
        .map(text -> DynamicTest.dynamicTest("'" + text + "'", () -> isKept(text)));
  }

  @Test
  void wordsAndWholeLinesNeedNoQuotes() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("category", "user-error").put("message", "No such file: x");
    json.put("lines", "a\n  b");
    assertThat(YamlText.of(json))
        .isEqualTo("category: user-error\nmessage: 'No such file: x'\nlines: |-\n  a\n    b\n");
  }

  @Test
  void whateverIsWrittenIsReadBackAsItWas() {
    Random random = new Random(5);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int part = random.nextInt(8); part >= 0; part--) {
        text.append(PARTS.get(random.nextInt(PARTS.size())));
      }
      isKept(text.toString());
    }
  }

  /** As a value, within a list, and as a key. */
  private static void isKept(String text) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode list = json.putArray("list");
    list.add(text).addObject().put("value", text).put("last", 1.5);
    list.addObject().put("key " + text, true);
    String yaml = YamlText.of(json);
    assertThat(YamlJson.of(YamlFile.read("it.yaml", yaml).single()).toString())
        .as(yaml)
        .isEqualTo(json.toString());
  }
}
