package io.faultline.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole, as a user sees it: submit, ask, change the rules, kill everything, start again. */
class UpIT {

  private static final Path EXAMPLES = Path.of("..", "deploy", "examples");

  @Test
  void aFailureIsClassifiedDecidedAndFoundAndEverythingSurvivesKillNine(@TempDir Path folder)
      throws Exception {
    List<String> alive = new ArrayList<>();
    try (UpProcess up = new UpProcess(folder)) {
      for (String file : List.of("policies.yaml", "categories.yaml", "queues.yaml")) {
        up.run("apply", "--wait", "-f", EXAMPLES.resolve(file).toString());
      }

      String failing = up.submit(folder, "research", "exit 74");
      up.awaitState(failing, "FAILED");
      JsonNode failures = up.ask("get", "failures", "--job-id", failing);
      assertThat(categories(failures)).hasSize(4).containsOnly("transient");
      assertThat(up.run("describe", "job", failing))
          .contains("MaxRunsExceeded", "policy retry limit exceeded (3/3)", "transient");
      assertThat(savedAsCases(up, folder, failures)).isEqualTo("PASS: 4 cases\n");
      long before = failures.findValue("categoriesRevision").asLong();

      Path changed = folder.resolve("categories.yaml");
      Files.writeString(
          changed,
          Files.readString(EXAMPLES.resolve("categories.yaml"))
              .replace("- name: transient", "- name: changed"));
      up.run("apply", "--wait", "-f", changed.toString());
      String after = up.submit(folder, "builds", "exit 74");
      up.awaitState(after, "FAILED");
      JsonNode classifiedNew = up.ask("get", "failures", "--job-id", after);
      assertThat(categories(classifiedNew)).containsExactly("changed");
      assertThat(classifiedNew.findValue("categoriesRevision").asLong()).isGreaterThan(before);

      for (int i = 0; i < 4; i++) {
        alive.add(up.submit(folder, "builds", "sleep 20; exit " + (i % 2)));
      }
      for (String job : alive) {
        up.awaitState(job, "RUNNING");
      }
      up.kill();
    }
    List<ProcessHandle> family;
    try (UpProcess up = new UpProcess(folder)) {
      for (int i = 0; i < alive.size(); i++) {
        up.awaitState(alive.get(i), i % 2 == 0 ? "SUCCEEDED" : "FAILED");
        // it was adopted, not started again
        assertThat(up.ask("get", "runs", alive.get(i)).findValuesAsText("runIndex"))
            .containsExactly("0");
      }
      family = up.family();
      assertThat(family).isNotEmpty();
    }
    await("no process is left")
        .atMost(Duration.ofMinutes(1))
        .until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** What the rules in force make of failures that happened, saved as cases of a table test. */
  private static String savedAsCases(UpProcess up, Path folder, JsonNode failures)
      throws IOException {
    Path examples = EXAMPLES.toAbsolutePath();
    StringBuilder test = new StringBuilder("categories: " + examples + "/categories.yaml\n");
    test.append("policy: " + examples + "/policies.yaml#transient\ncases:\n");
    for (String id : failures.findValuesAsText("failureId")) {
      test.append(up.run("get", "failure", id, "-o", "case"));
    }
    assertThat(test).contains("failures: 4", "reason: fail_policy_limit", "decision: retry");
    Path file = Files.writeString(folder.resolve("rules-test.yaml"), test);
    return up.run("test", "rules", file.toString());
  }

  private static List<String> categories(JsonNode failures) {
    return failures.findValues("failureInfo").stream()
        .map(info -> info.path("category").asText())
        .toList();
  }
}
