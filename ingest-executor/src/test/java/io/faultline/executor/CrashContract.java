package io.faultline.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.job.RunState;
import io.faultline.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The executor as a process of its own, killed with kill -9 again and again. A kind of cluster has
 * a subclass.
 */
abstract class CrashContract {

  private static final int KILLS = 10;
  private static final int RUNS = 50;

  static World world;

  @TempDir Path directory;
  private Process executor;

  @BeforeAll
  static void begin() throws Exception {
    world = new World();
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @AfterEach
  void end() throws Exception {
    if (executor != null) {
      executor.destroy();
      if (!executor.waitFor(20, TimeUnit.SECONDS)) {
        executor.destroyForcibly().waitFor();
      }
    }
  }

  /** The executor's settings on top of those of the world. */
  abstract Map<String, String> settings() throws Exception;

  /** A pod that leaves a mark when it starts, and ends after this time with this code. */
  abstract String pod(Duration lasts, int code);

  /** The run ids of those that have left their marks, one for each time. */
  abstract List<String> started() throws Exception;

  /** That nothing is left of runs once they are reported. */
  abstract void assertNothingIsLeft() throws Exception;

  void startExecutor(String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Djava.io.tmpdir=" + directory, // where a killed one leaves its libraries
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    Map<String, String> settings = world.settings(directory, "executor.maxRuns", "8");
    settings.putAll(settings());
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    executor =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(directory.resolve("executor.log").toFile()))
            .start();
  }

  /** Kills it; safe to call from any thread. */
  void killExecutor() throws InterruptedException {
    executor.destroyForcibly().waitFor();
  }

  @Test
  void everyRunStartsOnceAndEndsWithOneReportWhateverIsKilled() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<RunRequest, Integer> expected = new LinkedHashMap<>();
    startExecutor();
    for (int kill = 0; kill < KILLS; kill++) {
      for (int i = 0; i < RUNS / KILLS; i++) {
        int code = random.nextInt(3);
        expected.put(world.ask(pod(Duration.ofMillis(random.nextInt(3000)), code)), code);
      }
      if (kill % 3 != 0) { // every third dies while it starts
        long before = leased();
        await().atMost(Duration.ofMinutes(1)).until(() -> leased() > before);
      }
      Thread.sleep(random.nextInt(1500)); // the moment of the kill is what is random here
      killExecutor();
      startExecutor();
    }
    assertEachStartsAndEndsOnce(expected, "seed " + seed);
  }

  @Test
  void ofASetThatIsHalfMadeTheRestIsMadeByTheNextLife() throws Exception {
    Map<RunRequest, Integer> expected = new LinkedHashMap<>();
    String[] room = {"executor.maxRuns", "60"};
    startExecutor(room);
    for (int kill = 0; kill < 3; kill++) {
      RunRequest set =
          world.askSet(
              "",
              new World.Template(pod(Duration.ofSeconds(4), 0), 3),
              new World.Template(pod(Duration.ofSeconds(5), 7), 17));
      List<RunRequest> runs = set.each().toList();
      runs.forEach(run -> expected.put(run, expected.size() % 20 < 3 ? 0 : 7));
      Set<String> ids = runs.stream().map(run -> run.run().runId()).collect(Collectors.toSet());
      await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> started().stream().anyMatch(ids::contains));
      killExecutor();
      assertThat(runs.stream().filter(run -> leased(run) == 1)).hasSize(20);
      startExecutor(room);
    }
    assertEachStartsAndEndsOnce(expected, "three sets");
  }

  private static long leased(RunRequest run) {
    return world.states(run).stream().filter(RunState.LEASED::equals).count();
  }

  @Test
  void aDrainThatIsKilledGoesOnAndEachRunIsPreemptedOnce() throws Exception {
    Random random = new Random();
    List<RunRequest> requests = new ArrayList<>();
    startExecutor();
    for (int i = 0; i < 8; i++) {
      requests.add(world.ask(pod(Duration.ofMinutes(10), 0)));
    }
    requests.forEach(request -> world.awaitsState(request, RunState.RUNNING));
    world.cordon("crash", "executor: executor-1, drain: true, reason: upgrade");
    try {
      for (int kill = 0; kill < 3; kill++) {
        Thread.sleep(random.nextInt(1200)); // the moment of the kill is what is random here
        killExecutor();
        startExecutor();
      }
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> requests.stream().noneMatch(r -> world.errors(r).isEmpty()));
      await().atMost(Duration.ofMinutes(1)).until(() -> world.leases().isEmpty());
      for (RunRequest request : requests) {
        assertThat(world.errors(request))
            .singleElement()
            .satisfies(
                error -> {
                  assertThat(error.errorId()).isEqualTo(request.run().runId() + "/0");
                  assertThat(error.evidence().kind()).isEqualTo(EvidenceKind.PREEMPTED);
                  assertThat(error.evidence().podMessage())
                      .isEqualTo("executor executor-1 is drained: upgrade");
                });
      }
    } finally {
      world.cordon("crash", null);
    }
  }

  /**
   * That each run has started once, and ends with one report, and that this is its code's.
   *
   * @param expected the codes
   */
  void assertEachStartsAndEndsOnce(Map<RunRequest, Integer> expected, String what)
      throws Exception {
    Set<RunIdentity> runs =
        expected.keySet().stream().map(RunRequest::run).collect(Collectors.toSet());
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> ended().containsAll(runs) && world.leases().isEmpty());
    List<RunReport> reports = world.values(Topics.RUN_REPORTS);
    List<JobError> errors = world.values(Topics.JOB_ERRORS);
    expected.forEach(
        (request, code) -> {
          List<RunReport> good =
              reports.stream()
                  .filter(r -> r.run().equals(request.run()) && r.state() == RunState.SUCCEEDED)
                  .toList();
          List<JobError> bad = errors.stream().filter(e -> e.run().equals(request.run())).toList();
          assertThat(good).as(what).hasSize(code == 0 ? 1 : 0);
          assertThat(bad).as(what).hasSize(code == 0 ? 0 : 1);
          if (code != 0) {
            assertThat(bad.get(0).evidence().containers().get(0).termination().exitCode())
                .isEqualTo(code);
          }
        });
    assertThat(started())
        .as(what)
        .containsExactlyInAnyOrderElementsOf(
            expected.keySet().stream().map(r -> r.run().runId()).toList());
    assertNothingIsLeft();
  }

  private long leased() {
    return world.values(Topics.RUN_REPORTS).stream()
        .filter(r -> r.state() == RunState.LEASED)
        .count();
  }

  private static Set<RunIdentity> ended() {
    return Stream.concat(
            world.values(Topics.JOB_ERRORS).stream().map(JobError::run),
            world.values(Topics.RUN_REPORTS).stream()
                .filter(r -> r.state() == RunState.SUCCEEDED)
                .map(RunReport::run))
        .collect(Collectors.toSet());
  }
}
