package io.faultline.executor;

import static io.faultline.executor.cluster.PodOrders.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultline.domain.job.Lease;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.job.RunState;
import io.faultline.executor.World.Template;
import io.faultline.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that start together, on a real broker and local processes. */
class SetsIT {

  private static final Duration LONG = Duration.ofSeconds(90);

  private static World world;

  @TempDir private Path directory;
  private final Deque<ExecutorApp> apps = new ArrayDeque<>();

  @BeforeAll
  static void begin() throws Exception {
    world = new World();
  }

  @AfterAll
  static void closeWorld() {
    world.close();
  }

  @AfterEach
  void close() {
    apps.forEach(ExecutorApp::close);
  }

  private void start(String id, int room) {
    ExecutorApp app =
        world.start(
            directory.resolve(id),
            "instance.id",
            id,
            "executor.maxRuns",
            Integer.toString(room),
            "executor.stopRunsOnClose",
            "true");
    apps.push(app);
    await().atMost(LONG).until(app::ready);
  }

  /** Each job says who it is, and waits until it may go. */
  private String waits(String name) {
    return shell(
        "echo $FAULTLINE_SET_INDEX >> "
            + directory.resolve(name)
            + "; while [ ! -e "
            + directory.resolve(name + ".go")
            + " ]; do sleep 0.05; done");
  }

  private void go(String name) throws IOException {
    Files.createFile(directory.resolve(name + ".go"));
  }

  private List<String> started(String name) {
    try {
      Path path = directory.resolve(name);
      return Files.exists(path) ? Files.readAllLines(path) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> runIds(RunRequest set) {
    return set.each().map(run -> run.run().runId()).collect(Collectors.toSet());
  }

  private static List<RunReport> reports(RunRequest set, RunState state) {
    Set<String> runs = runIds(set);
    return world.values(Topics.RUN_REPORTS).stream()
        .filter(report -> report.state() == state && runs.contains(report.run().runId()))
        .toList();
  }

  private static void awaitsAll(RunRequest set, RunState state) {
    await().atMost(LONG).until(() -> reports(set, state).size() >= set.runs());
    assertThat(reports(set, state)).hasSize(set.runs());
  }

  private static Set<String> executors(RunRequest set) {
    return reports(set, RunState.LEASED).stream()
        .map(RunReport::executor)
        .collect(Collectors.toSet());
  }

  private static long asked(RunRequest set) {
    return world.records(Topics.RUN_REQUESTS).stream()
        .filter(r -> new String(r.key(), StandardCharsets.UTF_8).equals(set.job().recordKey()))
        .count();
  }

  @Test
  void aSetOfTwoTemplatesIsClaimedWholeAndEachRunHasItsLease() throws Exception {
    start("one", 8);
    RunRequest set = world.askSet("", new Template(waits("a"), 2), new Template(waits("a"), 6));
    awaitsAll(set, RunState.RUNNING);
    List<RunRequest> held =
        world.leases().values().stream()
            .filter(lease -> lease.executor().equals("one"))
            .map(Lease::request)
            .toList();
    assertThat(held).containsExactlyInAnyOrderElementsOf(set.each().toList());
    assertThat(started("a"))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 8).mapToObj(String::valueOf).toList());
    go("a");
    awaitsAll(set, RunState.SUCCEEDED);
    await().atMost(LONG).until(() -> world.leases().isEmpty());
  }

  @Test
  void ofTwoSetsEachIsWhollyOnOneOfTwoExecutors() throws Exception {
    start("two", 8);
    start("three", 8);
    RunRequest first = world.askSet("", new Template(waits("b"), 8));
    RunRequest second = world.askSet("", new Template(waits("b"), 1), new Template(waits("b"), 7));
    awaitsAll(first, RunState.RUNNING);
    awaitsAll(second, RunState.RUNNING);
    assertThat(executors(first)).hasSize(1);
    assertThat(executors(second)).hasSize(1).doesNotContainAnyElementsOf(executors(first));
    go("b");
    awaitsAll(first, RunState.SUCCEEDED);
    awaitsAll(second, RunState.SUCCEEDED);
  }

  @Test
  void aSetThatNeedsMoreThanIsFreeWaitsAndNothingOfItIsMade() throws Exception {
    start("four", 8);
    RunRequest other = world.ask(waits("other"));
    world.awaitsState(other, RunState.RUNNING);
    RunRequest set = world.askSet("", new Template(waits("c"), 8));
    await().atMost(LONG).until(() -> asked(set) > 3);
    RunRequest small = world.ask(shell("exit 0"));
    world.awaitsState(small, RunState.SUCCEEDED);
    assertThat(reports(set, RunState.LEASED)).isEmpty();
    assertThat(started("c")).isEmpty();
    go("other");
    awaitsAll(set, RunState.RUNNING);
    go("c");
    awaitsAll(set, RunState.SUCCEEDED);
  }

  @Test
  void aSetGetsAllTheRoomThoughSingleRunsKeepComing() throws Exception {
    start("five", 4);
    String single = shell("sleep 0.3");
    List<RunRequest> singles = new ArrayList<>();
    Set<RunRequest> open = new HashSet<>();
    RunRequest set = world.askSet("", new Template(waits("d"), 4));
    await()
        .atMost(LONG)
        .until(
            () -> {
              open.removeIf(run -> world.states(run).contains(RunState.SUCCEEDED));
              while (open.size() < 16) {
                RunRequest next = world.ask(single);
                open.add(next);
                singles.add(next);
              }
              return !reports(set, RunState.LEASED).isEmpty();
            });
    awaitsAll(set, RunState.RUNNING);
    go("d");
    awaitsAll(set, RunState.SUCCEEDED);
    singles.forEach(run -> world.awaitsState(run, RunState.SUCCEEDED));
    for (RunRequest run : singles) {
      assertThat(world.states(run)).containsOnlyOnce(RunState.LEASED, RunState.SUCCEEDED);
    }
  }

  @Test
  void whatIsAnotherExecutorsWaitsForThatOneAndHoldsNobodyUp() throws Exception {
    start("six", 4);
    RunRequest set = world.askSet("seven", new Template(waits("e"), 2));
    await().atMost(LONG).until(() -> asked(set) > 3);
    RunRequest single = world.ask(shell("exit 0"));
    world.awaitsState(single, RunState.SUCCEEDED);
    assertThat(reports(set, RunState.LEASED)).isEmpty();
    start("seven", 4);
    awaitsAll(set, RunState.RUNNING);
    assertThat(executors(set)).containsExactly("seven");
    go("e");
    awaitsAll(set, RunState.SUCCEEDED);
  }

  @Test
  void whatWaitsForAnExecutorThatASetFillsGoesToAnother() throws Exception {
    start("eight", 2);
    RunRequest set = world.askSet("", new Template(waits("f"), 2));
    awaitsAll(set, RunState.RUNNING);
    start("nine", 4);
    List<RunRequest> singles = new ArrayList<>();
    for (int i = 0; i < 4 * World.PARTITIONS; i++) {
      singles.add(world.ask(shell("exit 0")));
    }
    singles.forEach(run -> world.awaitsState(run, RunState.SUCCEEDED));
    singles.forEach(run -> assertThat(executors(run)).containsExactly("nine"));
    assertThat(executors(set)).containsExactly("eight");
    go("f");
    awaitsAll(set, RunState.SUCCEEDED);
  }
}
