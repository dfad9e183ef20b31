package io.faultline.rules.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.group.FailurePolicy;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlJson;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What failure policies mean, sentence by sentence, from {@code group-table.yaml}. */
class GroupTableTest {

  @TestFactory
  Stream<DynamicTest> everySentenceHolds() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("group-table.yaml")) {
      return YamlFile.read("group-table.yaml", in.readAllBytes()).single().list().stream()
          .map(YamlNode::map)
          .map(row -> DynamicTest.dynamicTest(row.require("says").text(), () -> holds(row)));
    }
  }

  private static void holds(YamlMap row) {
    row.only("says", "policy", "jobs", "status", "settle", "failed", "expect", "refused");
    YamlNode policy = parsed(row.written("policy").orElseThrow());
    YamlNode group = YamlFile.read("group.yaml", GroupRow.group(row).toString()).single();
    if (row.find("refused").isPresent()) {
      assertThatThrownBy(() -> answer(policy, group))
          .hasMessageContaining(row.textOrEmpty("refused"))
          .hasMessageNotContaining("\n");
      return;
    }
    ObjectNode answer = answer(policy, group);
    ObjectNode actual = JsonNodeFactory.instance.objectNode();
    YamlMap expect = row.require("expect").map();
    for (String key : expect.keys()) {
      actual.set(key, shortly(key, answer));
    }
    assertThat(actual.toString()).isEqualTo(YamlJson.of(expect.node()).toString());
  }

  private static YamlNode parsed(YamlNode policy) {
    return YamlFile.read("policy.yaml", YamlJson.of(policy).toString()).single();
  }

  private static ObjectNode answer(YamlNode policy, YamlNode document) {
    GroupFile group = GroupFileReader.read(document);
    Optional<FailurePolicy> read = FailurePolicyReader.document(policy, group.shape());
    read.ifPresent(each -> GroupFileReader.refuseUnindexed(document, group, each));
    return GroupAnswer.of(read, group);
  }

  private static JsonNode shortly(String key, ObjectNode answer) {
    JsonNode value = answer.get(key);
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    if (key.equals("then")) {
      value.forEach(decision -> list.add(decision.get("matchedJob")));
      return list;
    }
    if (key.equals("status")) {
      return list.add(value.get("restartsCountTowardsMax"))
          .add(
              StreamSupport.stream(value.get("replicatedJobsStatus").spliterator(), false)
                  .flatMap(
                      job ->
                          StreamSupport.stream(
                              job.path("jobRestartsCountTowardsMax").spliterator(), false))
                  .mapToInt(JsonNode::asInt)
                  .sum());
    }
    return value;
  }
}
