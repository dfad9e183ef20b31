package io.faultline.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration of sets, as a user runs it beside {@code up}. */
class SetDemoIT {

  private static final Path DEMO = Path.of("..", "deploy", "examples", "sets", "demo.sh");

  @TempDir private Path folder;

  @Test
  void everyStepEndsAsItIsTold() throws Exception {
    try (UpProcess up = new UpProcess(folder)) {
      Demonstration.Outcome all = new Demonstration(folder).of(DEMO);

      assertThat(all.said()).endsWith("All of it was as told.\n");
      assertThat(all.code()).isZero();
      assertThat(all.said().lines().map(String::strip).filter(line -> line.startsWith("ok ")))
          .containsExactly(
              "ok maintenance: all eight started again once, with maxRestarts: 0",
              "ok bug: one generation, and each of the eight is told who is to blame",
              "ok restart-one: one of the eight ran twice",
              "ok limit: two generations, then ReachedMaxRestarts");
      assertThat(up.ask("get", "sets", "--queue", "sets").findValuesAsText("state"))
          .containsExactlyInAnyOrder("SUCCEEDED", "FAILED", "SUCCEEDED", "FAILED");
    }
  }
}
