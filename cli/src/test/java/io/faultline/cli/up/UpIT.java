package io.faultline.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
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

  private static List<String> categories(JsonNode failures) {
    return failures.findValues("failureInfo").stream()
        .map(info -> info.path("category").asText())
        .toList();
  }
}
