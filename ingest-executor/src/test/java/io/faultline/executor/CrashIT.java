package io.faultline.executor;

import static io.faultline.executor.cluster.PodOrders.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.job.RunState;
import io.faultline.executor.local.Marked;
import io.faultline.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executor as a process of its own, killed with kill -9 again and again. */
class CrashIT {

  private static final int KILLS = 10;
  private static final int RUNS = 50;

  @TempDir Path directory;
  private World world;
  private Process executor;

  @BeforeEach
  void begin() throws Exception {
    world = new World();
  }

  @AfterEach
  void end() throws Exception {
    if (executor != null) {
      executor.destroy();
      if (!executor.waitFor(20, TimeUnit.SECONDS)) {
        executor.destroyForcibly().waitFor();
      }
    }
    world.close();
  }

  private void startExecutor() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    world
        .settings(directory, "executor.maxRuns", "8")
        .forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    executor =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(directory.resolve("executor.log").toFile()))
            .start();
  }

  @Test
  void everyRunStartsOnceAndEndsWithOneReportWhateverIsKilled() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<RunRequest, Integer> expected = new LinkedHashMap<>();
    Path started = directory.resolve("started");
    startExecutor();
    for (int kill = 0; kill < KILLS; kill++) {
      for (int i = 0; i < RUNS / KILLS; i++) {
        int code = random.nextInt(3);
        RunRequest request =
            world.ask(
                shell(
                    "echo $FAULTLINE_RUN_ID >> "
                        + started
                        + "; sleep "
                        + random.nextInt(3)
                        + "."
                        + random.nextInt(10)
                        + "; exit "
                        + code));
        expected.put(request, code);
      }
      if (kill % 3 != 0) { // every third dies while it starts
        long before = leased();
        await().atMost(Duration.ofMinutes(1)).until(() -> leased() > before);
      }
      Thread.sleep(random.nextInt(1500)); // the moment of the kill is what is random here
      executor.destroyForcibly().waitFor();
      startExecutor();
    }
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> ends() >= RUNS && world.leases().isEmpty());
    List<RunReport> reports = world.values(Topics.RUN_REPORTS);
    List<JobError> errors = world.values(Topics.JOB_ERRORS);
    expected.forEach(
        (request, code) -> {
          List<RunReport> good =
              reports.stream()
                  .filter(r -> r.run().equals(request.run()) && r.state() == RunState.SUCCEEDED)
                  .toList();
          List<JobError> bad = errors.stream().filter(e -> e.run().equals(request.run())).toList();
          assertThat(good).as("seed %d", seed).hasSize(code == 0 ? 1 : 0);
          assertThat(bad).as("seed %d", seed).hasSize(code == 0 ? 0 : 1);
          if (code != 0) {
            assertThat(bad.get(0).evidence().containers().get(0).termination().exitCode())
                .isEqualTo(code);
          }
        });
    assertThat(Files.readAllLines(started))
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(
            expected.keySet().stream().map(r -> r.run().runId()).toList());
    await().untilAsserted(() -> assertThat(Marked.below(directory)).isEmpty());
  }

  private long leased() {
    return world.values(Topics.RUN_REPORTS).stream()
        .filter(r -> r.state() == RunState.LEASED)
        .count();
  }

  private long ends() {
    return world.values(Topics.JOB_ERRORS).size()
        + world.values(Topics.RUN_REPORTS).stream()
            .filter(r -> r.state() == RunState.SUCCEEDED)
            .count();
  }
}
