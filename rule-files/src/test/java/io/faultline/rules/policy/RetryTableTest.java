package io.faultline.rules.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.FailureSignals;
import io.faultline.domain.retry.RetryCounts;
import io.faultline.domain.retry.RetryEngine;
import io.faultline.domain.retry.RetryPolicy;
import io.faultline.domain.retry.RetrySettings;
import io.faultline.rules.json.DecisionJson;
import io.faultline.rules.json.RecordedFailure;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlJson;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What retry policies mean, sentence by sentence, from {@code retry-table.yaml}. */
class RetryTableTest {

  @TestFactory
  Stream<DynamicTest> everySentenceHolds() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("retry-table.yaml")) {
      return YamlFile.read("retry-table.yaml", in.readAllBytes()).single().list().stream()
          .map(YamlNode::map)
          .map(row -> DynamicTest.dynamicTest(row.require("says").text(), () -> holds(row)));
    }
  }

  private static void holds(YamlMap row) {
    row.only(
        "says",
        "policy",
        "then",
        "byRule",
        "failure",
        "failures",
        "granted",
        "attempted",
        "cap",
        "enabled",
        "failFast",
        "expect",
        "refused");
    if (row.find("refused").isPresent()) {
      assertThatThrownBy(() -> policies(row)).hasMessageContaining(row.textOrEmpty("refused"));
      return;
    }
    Decision decision = decide(row);
    assertThat(IntStream.range(0, 16).parallel().mapToObj(i -> decide(row)).distinct())
        .as("depends on nothing but its inputs")
        .containsExactly(decision);
    ObjectNode json = DecisionJson.of(decision);
    ObjectNode actual = JsonNodeFactory.instance.objectNode();
    YamlMap expect =
        row.require("expect")
            .map()
            .only("reason", "message", "rule", "used", "backoff", "mutations");
    for (String key : expect.keys()) {
      JsonNode value = json.get(key.equals("used") ? "retriesUsed" : key);
      actual.set(key, key.equals("rule") && value.has("index") ? value.get("index") : value);
    }
    assertThat(actual.toString()).isEqualTo(YamlJson.of(expect.node()).toString());
    assertThat(json.get("decision").asText().equals("retry"))
        .isEqualTo(actual.get("reason").asText().matches("retry|lease_returned"));
  }

  private static Decision decide(YamlMap row) {
    int failures = number(row, "failures", 1);
    RetrySettings settings =
        new RetrySettings(flag(row, "enabled", true), number(row, "cap", 20), "", 5, "armada");
    RetryCounts counts =
        new RetryCounts(
            failures,
            number(row, "granted", Math.max(0, failures - 1)),
            number(row, "attempted", Math.max(1, failures)),
            row.find("byRule").map(RetryTableTest::byRule).orElse(Map.of()));
    return RetryEngine.decide(
        settings, policies(row), failure(row), counts, flag(row, "failFast", false));
  }

  private static FailureSignals failure(YamlMap row) {
    YamlNode node =
        row.written("failure")
            .orElseGet(
                () ->
                    YamlFile.read("f", "{kind: PodFailed, containers: [{name: a, exitCode: 1}]}")
                        .single());
    return RecordedFailure.read(node).map(RecordedFailure::signals).orElse(null);
  }

  private static Map<String, Integer> byRule(YamlNode node) {
    return node.map().keys().stream()
        .collect(Collectors.toMap(key -> key, key -> node.map().require(key).int32()));
  }

  private static List<RetryPolicy> policies(YamlMap row) {
    return Stream.of("policy", "then")
        .flatMap(key -> row.find(key).stream())
        .map(RetryTableTest::policy)
        .toList();
  }

  private static RetryPolicy policy(YamlNode written) {
    ObjectNode policy =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", "p")
            .put("retryLimit", 3)
            .put("defaultAction", "Fail");
    policy.setAll((ObjectNode) YamlJson.of(written));
    return RetryPolicyReader.read(YamlFile.read("policy.yaml", policy.toString()).single());
  }

  private static int number(YamlMap row, String key, int otherwise) {
    return row.find(key).map(YamlNode::int32).orElse(otherwise);
  }

  private static boolean flag(YamlMap row, String key, boolean otherwise) {
    return row.find(key).map(YamlNode::bool).orElse(otherwise);
  }
}
