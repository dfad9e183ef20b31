package io.faultline.rules.jobset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.workload.AfterPod;
import io.faultline.domain.workload.JobFailed;
import io.faultline.domain.workload.JobLayer;
import io.faultline.domain.workload.JobLimits;
import io.faultline.domain.workload.JobProgress;
import io.faultline.domain.workload.PodEnd;
import io.faultline.rules.json.EvidenceReader;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlJson;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a Job survives, sentence by sentence, from {@code pod-failure-table.yaml}. */
class PodFailureTableTest {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  /** What the table says of every Job: the template, where a row has none of its own. */
  private static final String TEMPLATE =
      """
      spec:
        restartPolicy: Never
        initContainers: [{name: setup}]
        containers: [{name: main}, {name: side}]
      """;

  @TestFactory
  Stream<DynamicTest> everySentenceHolds() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("pod-failure-table.yaml")) {
      return YamlFile.read("pod-failure-table.yaml", in.readAllBytes()).single().list().stream()
          .map(YamlNode::map)
          .map(row -> DynamicTest.dynamicTest(row.require("says").text(), () -> holds(row)));
    }
  }

  private static void holds(YamlMap row) {
    row.only("says", "job", "pods", "seconds", "expect", "refused");
    if (row.find("refused").isPresent()) {
      assertThatThrownBy(() -> limits(row)).hasMessageContaining(row.require("refused").text());
      return;
    }
    AfterPod after = afterLast(row, limits(row));
    ObjectNode json = json(after);
    ObjectNode actual = JsonNodeFactory.instance.objectNode();
    YamlMap expect =
        row.require("expect").map().only("failed", "ignored", "rule", "reason", "message");
    expect.keys().forEach(key -> actual.set(key, json.get(key)));
    assertThat(actual).isNotEmpty().isEqualTo(YamlJson.of(expect.node()));
  }

  private static AfterPod afterLast(YamlMap row, JobLimits limits) {
    List<YamlNode> pods = row.require("pods").list();
    JobProgress progress = JobProgress.startedAt(START);
    for (int i = 0; i < pods.size() - 1; i++) {
      AfterPod after = JobLayer.afterPod(limits, progress, pod(pods, i), START);
      assertThat(after.failed()).as("after pod %d", i).isNull();
      progress = after.progress();
    }
    Instant end = START.plusSeconds(row.find("seconds").map(YamlNode::int32).orElse(0));
    return JobLayer.afterPod(limits, progress, pod(pods, pods.size() - 1), end);
  }

  private static PodEnd pod(List<YamlNode> pods, int index) {
    return new PodEnd("research", "p-" + index, EvidenceReader.read(pods.get(index)));
  }

  private static ObjectNode json(AfterPod after) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("failed", after.progress().failedPods())
            .put("ignored", after.progress().ignoredPods())
            .put("rule", after.rule() == null ? null : after.rule().index());
    JobFailed failed = after.failed();
    return json.put("reason", failed == null ? null : failed.reason().word())
        .put("message", failed == null ? null : failed.message());
  }

  private static JobLimits limits(YamlMap row) {
    ObjectNode job = (ObjectNode) YamlJson.of(row.require("job"));
    if (!job.has("template")) {
      JsonNode template = YamlJson.of(YamlFile.read("template", TEMPLATE).single());
      job.set("template", template);
    }
    String manifest =
        """
        {apiVersion: jobset.x-k8s.io/v1alpha2, kind: JobSet, metadata: {name: s}, spec:
          {replicatedJobs: [{name: j, template: {spec: %s}}]}}
        """
            .formatted(job);
    return JobSetReader.read(YamlFile.read("jobset.yaml", manifest).single())
        .replicatedJobs()
        .get(0)
        .limits();
  }
}
