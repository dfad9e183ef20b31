package io.faultline.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlJson;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentEditTest {

  private static final String QUEUE =
      """
      # of the team
      apiVersion: faultline.io/v1
      kind: Queue
      name: research   # kept
      retryPolicies:
      - a
      # between

        - b

      # about the factor
      priorityFactor: 2 # low
      labels: {a: "x"}
      """;

  private static String edit(String text, String... keysAndJson) throws IOException {
    Map<String, Optional<JsonNode>> changes = new LinkedHashMap<>();
    for (int i = 0; i < keysAndJson.length; i += 2) {
      changes.put(
          keysAndJson[i],
          Optional.of(new ObjectMapper().readTree(keysAndJson[i + 1])).filter(n -> !n.isNull()));
    }
    return DocumentEdit.of("queue", text, changes);
  }

  @Test
  void only_the_lines_of_the_key_change() throws IOException {
    assertThat(
            edit(
                QUEUE.replace("  - b", "- b"),
                "priorityFactor",
                "0.5",
                "retryPolicies",
                "[\"c\", \"d\"]"))
        .isEqualTo(
            """
            # of the team
            apiVersion: faultline.io/v1
            kind: Queue
            name: research   # kept
            retryPolicies: [c, d]

            # about the factor
            priorityFactor: 0.5 # low
            labels: {a: "x"}
            """);
  }

  @Test
  void a_key_goes_with_its_lines_and_a_new_one_comes_last() throws IOException {
    String edited =
        edit(QUEUE.replace("  - b", "- b"), "retryPolicies", "null", "retryPolicy", "\"ml\"");
    assertThat(edited)
        .contains("name: research   # kept\n\n# about the factor\n")
        .endsWith("labels: {a: \"x\"}\nretryPolicy: ml\n");
  }

  @Test
  void json_stays_json() throws IOException {
    assertThat(edit("{\"name\": \"q\", \"retryPolicy\": \"a\"}", "retryPolicy", "\"b\""))
        .isEqualTo("{\"name\":\"q\",\"retryPolicy\":\"b\"}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "---\nname: q\nretryPolicy: a\n...\n",
        "name: q\n? retryPolicy\n: a\n",
        "name: q\n\"retryPolicy\": a\n",
        "name: q\nretryPolicy: >-\n  a\n",
        "name: q\nretryPolicy:\n  a\n",
        "name: q\ntext: |\n  one\n  retryPolicy: not this\nretryPolicy: a",
        "name: q\nretryPolicy: 'a'   # why\r\n",
      })
  void however_it_is_written_the_values_are_those_that_are_wanted(String text) throws IOException {
    JsonNode edited = YamlJson.of(YamlFile.read("x", edit(text, "retryPolicy", "\"b\"")).single());
    JsonNode before = YamlJson.of(YamlFile.read("x", text).single());
    assertThat(edited.path("retryPolicy").asText()).isEqualTo("b");
    assertThat(edited.path("name")).isEqualTo(before.path("name"));
    assertThat(edited.path("text")).isEqualTo(before.path("text"));
    assertThat(edited).hasSameSizeAs(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"on", "null", "1e3", "12", "No", "0x1f", "a b: c", "-", "ends.", "plain-1"})
  void text_stays_text(String value) throws IOException {
    String edited = edit("name: q\n", "retryPolicy", "\"" + value + "\"");
    JsonNode read = YamlJson.of(YamlFile.read("x", edited).single()).path("retryPolicy");
    assertThat(read.isTextual()).as(edited).isTrue();
    assertThat(read.asText()).isEqualTo(value);
  }
}
