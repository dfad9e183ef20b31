package io.faultline.rules.categories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.classify.Categories;
import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.Classifier;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.MessageCut;
import io.faultline.rules.json.ClassificationJson;
import io.faultline.rules.json.EvidenceReader;
import io.faultline.rules.kubernetes.PodReader;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlJson;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What evidence and categories mean, sentence by sentence, from {@code classify-table.yaml}. */
class ClassifyTableTest {

  @TestFactory
  Stream<DynamicTest> everySentenceHolds() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("classify-table.yaml")) {
      return YamlFile.read("classify-table.yaml", in.readAllBytes()).single().list().stream()
          .map(YamlNode::map)
          .map(row -> DynamicTest.dynamicTest(row.require("says").text(), () -> holds(row)));
    }
  }

  @Test
  void everyMatcherSeesTheTextAsItWasCut() {
    String message = "x".repeat(4096) + "boom";
    String pod =
        "{status: {containerStatuses: [{name: m, state: {terminated: {exitCode: 1, message: "
            + message
            + "}}}]}}";
    Evidence evidence =
        PodReader.evidence(
            YamlFile.read("pod.yaml", pod).single(),
            Optional.empty(),
            message,
            MessageCut.STANDARD);
    Categories categories =
        CategoriesReader.read(
            "c.yaml",
            "[{name: a, rules: [{onTerminationMessage: {pattern: boom}}, {onPodError: {pattern:"
                + " boom}}]}, {name: b, rules: [{onPodError: {pattern: 4 bytes cut}}]}]");
    assertThat(Classifier.classify(categories, evidence).info().categories()).containsExactly("b");
  }

  private static void holds(YamlMap row) {
    row.only(
        "says",
        "file",
        "categories",
        "rules",
        "failure",
        "pod",
        "events",
        "podError",
        "expect",
        "refused");
    if (row.find("refused").isPresent()) {
      assertThatThrownBy(() -> categories(row))
          .hasMessageStartingWith("categories.yaml:1:")
          .hasMessageContaining(row.textOrEmpty("refused"));
      return;
    }
    Classification classification = Classifier.classify(categories(row), evidence(row));
    ObjectNode answer = ClassificationJson.of(classification);
    YamlMap expect = row.require("expect").map();
    ObjectNode actual = JsonNodeFactory.instance.objectNode();
    expect.keys().forEach(key -> actual.set(key, answer.get(key)));
    assertThat(actual.toString()).isEqualTo(YamlJson.of(expect.node()).toString());
  }

  private static Categories categories(YamlMap row) {
    String text =
        row.find("file")
            .map(file -> YamlJson.of(file).toString())
            .orElseGet(() -> enabled(row).toString());
    return CategoriesReader.read("categories.yaml", text);
  }

  private static ObjectNode enabled(YamlMap row) {
    ObjectNode document =
        JsonNodeFactory.instance
            .objectNode()
            .put("enabled", true)
            .put("defaultCategory", "other")
            .put("defaultSubcategory", "unknown");
    row.find("categories").ifPresent(list -> document.set("categories", YamlJson.of(list)));
    row.find("rules")
        .ifPresent(
            rules ->
                document
                    .putArray("categories")
                    .addObject()
                    .put("name", "a")
                    .set("rules", YamlJson.of(rules)));
    return document;
  }

  private static Evidence evidence(YamlMap row) {
    if (row.find("pod").isPresent()) {
      return PodReader.evidence(
          row.require("pod"), row.find("events"), row.textOrEmpty("podError"), MessageCut.STANDARD);
    }
    ObjectNode failure = JsonNodeFactory.instance.objectNode().put("kind", "PodFailed");
    if (row.find("failure").isPresent()) {
      failure.setAll((ObjectNode) YamlJson.of(row.require("failure")));
    } else {
      failure.putArray("containers").addObject().put("name", "main").put("exitCode", 1);
    }
    return EvidenceReader.read(YamlFile.read("failure.yaml", failure.toString()).single());
  }
}
