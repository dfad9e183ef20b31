package io.faultline.cli.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.cli.Ran;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlJson;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The table of failure policies goes through the command; what its rows mean is said in it. */
class DecideSetTableTest {
  private static final Path TABLE =
      Path.of("../rule-files/src/test/resources/io/faultline/rules/group/group-table.yaml");

  /** What the table has in another form than the answer. */
  private static final Set<String> SHORT = Set.of("status", "then");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everySentenceHolds() throws IOException {
    return YamlFile.read("group-table.yaml", Files.readAllBytes(TABLE)).single().list().stream()
        .map(YamlNode::map)
        .map(row -> DynamicTest.dynamicTest(row.require("says").text(), () -> holds(row)));
  }

  private void holds(YamlMap row) throws IOException {
    String policy = file("policy.yaml", YamlJson.of(row.written("policy").orElseThrow()));
    String group = file("group.yaml", group(row));
    Ran ran = Ran.faultline("decide", "--failure-policy", policy, "--group", group, "-o", "json");
    if (row.find("refused").isPresent()) {
      assertThat(ran.code()).isEqualTo(2);
      assertThat(ran.err()).startsWith("faultline: " + folder).contains(row.textOrEmpty("refused"));
      return;
    }
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    JsonNode answer = new ObjectMapper().readTree(ran.out());
    YamlMap expect = row.require("expect").map();
    JsonNode expected = YamlJson.of(expect.node());
    for (String key : expect.keys()) {
      if (!SHORT.contains(key)) {
        assertThat(answer.get(key)).as(key).isEqualTo(expected.get(key));
      }
    }
  }

  private static ObjectNode group(YamlMap row) {
    ObjectNode group = JsonNodeFactory.instance.objectNode();
    group.set(
        "replicatedJobs",
        YamlJson.of(
            row.find("jobs")
                .orElseGet(
                    () ->
                        YamlFile.read("jobs", "[{name: leader}, {name: workers, replicas: 4}]")
                            .single())));
    row.find("status").ifPresent(status -> group.set("status", YamlJson.of(status)));
    row.find("settle")
        .ifPresent(
            settle -> {
              group.put(
                  "settleWindow", settle.map().find("window").map(YamlNode::text).orElse(null));
              group.put("settleLimit", settle.map().find("limit").map(YamlNode::text).orElse(null));
            });
    ArrayNode failed = group.putArray("failedJobs");
    row.require("failed").list().forEach(each -> failed.add(failed(each.list())));
    return group;
  }

  private static ObjectNode failed(List<YamlNode> written) {
    String name = written.get(0).text();
    ObjectNode failed = JsonNodeFactory.instance.objectNode().put("name", name);
    int dash = name.lastIndexOf('-');
    if (dash >= 0) {
      failed.put("replicatedJob", name.substring(0, dash));
      failed.put("index", Integer.parseInt(name.substring(dash + 1)));
    }
    failed.put("reason", "BackoffLimitExceeded");
    failed.put("finishedAt", "2026-03-01T10:00:%02dZ".formatted(written.get(1).int32()));
    written.stream().skip(2).forEach(more -> failed.setAll((ObjectNode) YamlJson.of(more)));
    return failed;
  }

  private String file(String name, JsonNode json) throws IOException {
    return Files.writeString(folder.resolve(name), json.toString()).toString();
  }
}
