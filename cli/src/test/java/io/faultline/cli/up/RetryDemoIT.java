package io.faultline.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration of retry policies, as a user runs it beside {@code up}. */
class RetryDemoIT {

  private static final Path EXAMPLES = Path.of("..", "deploy", "examples");
  private static final Path DEMO = EXAMPLES.resolve(Path.of("retries", "demo.sh"));
  private static final String SHARED = "demonstration.sh"; // sourced from the folder above

  @TempDir private Path folder;

  @Test
  void everyStepEndsAsItIsTold() throws Exception {
    Demonstration demonstration = new Demonstration(folder);
    try (UpProcess up = new UpProcess(folder)) {
      Demonstration.Outcome all = demonstration.of(DEMO);

      assertThat(all.said()).endsWith("All of it was as told.\n");
      assertThat(all.code()).isZero();
      assertThat(all.said().lines().map(String::strip).filter(line -> line.startsWith("ok ")))
          .containsExactly(
              "ok memory: killed with 64Mi, passed with 96Mi",
              "ok waits: 1 s, 2 s and 4 s; no run began before it was due; the fourth passed",
              "ok user-error: one run, decided as fail_rule",
              "ok limit: four runs, then MaxRunsExceeded with category transient/network",
              "ok shadow: it disagreed about one failure of two; promoted, it has the job pass",
              "ok kill-switch: no retry was granted, the decision is fail_global_limit,"
                  + " the category is kept");

      assertThat(up.ask("get", "jobs", "--queue", "retries").findValuesAsText("state"))
          .as("the kill switch's job is not here")
          .containsExactly("FAILED", "FAILED", "SUCCEEDED", "SUCCEEDED");

      // a demonstration that can't fail would show nothing: the job may no longer grow
      Path spoilt = Files.createDirectory(folder.resolve("spoilt"));
      copy(DEMO.getParent(), spoilt);
      Files.copy(EXAMPLES.resolve(SHARED), folder.resolve(SHARED));
      Path policies = spoilt.resolve("policies.yaml");
      Files.writeString(
          policies, Files.readString(policies).replace("factor: 1.5, max: 1Gi", "factor: 1.01"));
      Demonstration.Outcome wrong = demonstration.of(spoilt.resolve("demo.sh"), "memory");
      assertThat(wrong.said()).contains("instead of 1 lines with").doesNotContain("ok memory");
      assertThat(wrong.code()).isEqualTo(1);
    }
  }

  @Test
  void aStepThatIsNotThereIsRefusedBeforeAnythingIsDone() throws Exception {
    Demonstration.Outcome unknown = new Demonstration(folder).of(DEMO, "memory", "luck");

    assertThat(unknown.said()).startsWith("demo.sh: unknown step \"luck\"; allowed: memory, ");
    assertThat(unknown.code()).isEqualTo(1);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        if (!file.equals(from)) {
          Files.copy(file, to.resolve(from.relativize(file)));
        }
      }
    }
  }
}
