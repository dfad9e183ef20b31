package io.faultline.rules.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.rules.yaml.YamlJson;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;

/** A row of {@code group-table.yaml}, written out. */
final class GroupRow {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private GroupRow() {}

  /** The group file of a row. */
  static ObjectNode group(YamlMap row) {
    ObjectNode group = JSON.objectNode().put("name", "set");
    group.set("replicatedJobs", row.find("jobs").map(GroupRow::json).orElseGet(GroupRow::jobs));
    row.find("status").ifPresent(status -> group.set("status", json(status)));
    row.find("settle")
        .map(n -> n.map().only("window", "limit"))
        .ifPresent(
            settle -> {
              settle.find("window").ifPresent(n -> group.put("settleWindow", n.text()));
              settle.find("limit").ifPresent(n -> group.put("settleLimit", n.text()));
            });
    ArrayNode failed = group.putArray("failedJobs");
    row.require("failed").list().forEach(each -> failed.add(failed(each)));
    return group;
  }

  private static JsonNode jobs() {
    ArrayNode jobs = JSON.arrayNode();
    jobs.addObject().put("name", "leader");
    jobs.addObject().put("name", "workers").put("replicas", 4);
    return jobs;
  }

  private static ObjectNode failed(YamlNode written) {
    String name = written.list().get(0).text();
    ObjectNode failed = JSON.objectNode().put("name", name);
    int dash = name.lastIndexOf('-');
    if (dash >= 0) {
      failed.put("replicatedJob", name.substring(0, dash));
      failed.put("index", Integer.parseInt(name.substring(dash + 1)));
    }
    failed.put("reason", "BackoffLimitExceeded");
    failed.put("finishedAt", "2026-03-01T10:00:%02dZ".formatted(written.list().get(1).int32()));
    written.list().stream().skip(2).forEach(more -> failed.setAll((ObjectNode) YamlJson.of(more)));
    return failed;
  }

  private static JsonNode json(YamlNode node) {
    return YamlJson.of(node);
  }
}
