package io.faultline.cli.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifyCommandTest {
  @TempDir Path folder;
  private String categories;
  private String pod;

  @BeforeEach
  void files() throws IOException {
    categories =
        file(
            "categories.yaml",
            """
            enabled: true
            defaultCategory: uncategorized
            categories:
              - name: gpu
                action: Delete
                rules:
                  - onTerminationMessage: {pattern: "(?i)cuda.*error"}
                    subcategory: cuda
                    hint: Look at the driver
              - name: platform
                rules:
                  - onPodError: {pattern: no match for platform}
                  - onPodEvents: {type: Warning, regexp: Allocate failed}
            """);
    pod =
        file(
            "pod.json",
            """
            {"kind": "Pod", "metadata": {"name": "p"}, "spec": {"nodeName": "n", "containers": [{"name": "main", "image": "i"}]},
             "status": {"phase": "Failed", "containerStatuses": [{"name": "main",
               "state": {"terminated": {"exitCode": 74, "reason": "Error", "message": "CUDA error 700"}}}]}}
            """);
  }

  @Test
  void theAnswerAsJson() throws IOException {
    Ran ran = Ran.faultline("classify", "--categories", categories, "--pod", pod, "-o", "json");
    assertThat(ran.err()).isEmpty();
    JsonNode answer = new ObjectMapper().readTree(ran.out());
    assertThat(answer.path("category").asText()).isEqualTo("gpu");
    assertThat(answer.path("subcategory").asText()).isEqualTo("cuda");
    assertThat(answer.path("categories")).hasToString("[\"gpu\"]");
    assertThat(answer.path("action").asText()).isEqualTo("Delete");
    assertThat(answer.path("rule")).hasToString("{\"category\":\"gpu\",\"index\":0}");
    assertThat(answer.path("message").asText()).endsWith("\n\nLook at the driver");
    assertThat(answer.path("failureInfo").path("exitCode").isInt()).isTrue();
  }

  @Test
  void theAnswerForPeople() {
    assertThat(Ran.faultline("classify", "--categories", categories, "--pod", pod).out())
        .startsWith(
            """
            Category:    gpu / cuda
            Matching:    gpu
            Rule:        gpu, rule 0
            Action:      Delete
            Exit code:   74
            Container:   main
            """)
        .endsWith("Look at the driver\n");
  }

  @Test
  void eventsAndThePodErrorAreLookedAt() throws IOException {
    String fine = file("fine.yaml", "{kind: Pod, metadata: {name: p}, status: {phase: Failed}}");
    String events = file("events.yaml", "[{type: Warning, reason: X, message: Allocate failed}]");
    assertThat(
            Ran.faultline(
                    "classify",
                    "--categories",
                    categories,
                    "--pod",
                    fine,
                    "--events",
                    events,
                    "-o",
                    "jsonl")
                .out())
        .contains("\"rule\":{\"category\":\"platform\",\"index\":1}");
    assertThat(
            Ran.faultline(
                    "classify",
                    "--categories",
                    categories,
                    "--pod",
                    fine,
                    "--pod-error",
                    "no match for platform x",
                    "-o",
                    "jsonl")
                .out())
        .contains("\"rule\":{\"category\":\"platform\",\"index\":0}");
  }

  @Test
  void brokenCategoriesEndWithTwoAndTheirPlace() throws IOException {
    String broken = file("broken.yaml", "enabled: true\ncategories:\n  - name: a\n    rules: []\n");
    Ran ran = Ran.faultline("classify", "--categories", broken, "--pod", pod);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).startsWith("faultline: " + broken + ":4:12: categories[0].rules");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
