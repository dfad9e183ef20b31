package io.faultline.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.Lease;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.job.RunState;
import io.faultline.executor.cluster.PodOrders;
import io.faultline.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queues and executors that operators hold back, on local processes. */
class CordonIT {

  private static final String WAITS = PodOrders.shell("sleep 600 & wait");
  private static final String ENDS = PodOrders.shell("exit 0");
  private static final Duration LONG = Duration.ofMinutes(1);

  private static World world;

  @TempDir private Path directory;
  private final Deque<ExecutorApp> apps = new ArrayDeque<>();
  private final List<String> cordons = new ArrayList<>();

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
    cordons.forEach(name -> world.cordon(name, null));
  }

  private ExecutorApp start(String id) {
    ExecutorApp app =
        world.start(directory.resolve(id), "instance.id", id, "executor.stopRunsOnClose", "true");
    apps.push(app);
    await().atMost(LONG).until(app::ready);
    return app;
  }

  private void cordon(String name, String what) {
    cordons.add(name);
    world.cordon(name, what);
  }

  private RunRequest running(String queue) {
    RunRequest request = world.askIn(queue, WAITS);
    world.awaitsState(request, RunState.RUNNING);
    return request;
  }

  private static String executorOf(RunRequest request) {
    return world.values(Topics.RUN_REPORTS).stream()
        .filter(report -> report.run().equals(request.run()))
        .map(RunReport::executor)
        .findFirst()
        .orElseThrow();
  }

  private static void assertPreempted(RunRequest request, String message) {
    JobError error = world.awaitsError(request);
    assertThat(error.errorId()).isEqualTo(request.run().runId() + "/0");
    assertThat(error.evidence().kind()).isEqualTo(EvidenceKind.PREEMPTED);
    assertThat(error.evidence().podMessage()).isEqualTo(message);
    await().atMost(LONG).until(() -> !world.leases().containsKey(request.run().runId()));
  }

  @Test
  void aCordonedExecutorLeavesAllRequestsToOthersAndItsRunsGoOn() {
    start("one");
    RunRequest held = running("a");
    cordon("one", "executor: one, reason: upgrade");
    start("two");
    // some of them were its own share of the topic until it left the group
    List<RunRequest> requests = new ArrayList<>();
    for (int i = 0; i < 2 * World.PARTITIONS; i++) {
      requests.add(world.ask(ENDS));
    }
    requests.forEach(request -> world.awaitsState(request, RunState.SUCCEEDED));
    assertThat(requests).extracting(CordonIT::executorOf).containsOnly("two");
    assertThat(world.leases().values())
        .filteredOn(lease -> lease.request().run().equals(held.run()))
        .extracting(Lease::executor)
        .containsExactly("one");
    assertThat(world.errors(held)).isEmpty();
  }

  @Test
  void whatACordonedExecutorLeftItTakesWhenItIsFreeAgain() {
    cordon("three", "executor: three");
    ExecutorApp app = start("three");
    RunRequest request = world.ask(ENDS);
    await().during(Duration.ofSeconds(2)).until(() -> world.states(request).isEmpty());
    assertThat(app.ready()).isTrue();
    world.cordon("three", null);
    world.awaitsState(request, RunState.SUCCEEDED);
  }

  @Test
  void aDrainedExecutorEndsItsRunsAsPreemptedOnceAndClaimsNothing() {
    start("four");
    RunRequest first = running("a");
    RunRequest second = running("b");
    cordon("four", "executor: four, drain: true, reason: node pool upgrade");
    assertPreempted(first, "executor four is drained: node pool upgrade");
    assertPreempted(second, "executor four is drained: node pool upgrade");
    assertThat(world.errors(first)).hasSize(1);
  }

  @Test
  void requestsOfACordonedQueueAreDeferredAndWhatRunsGoesOn() {
    start("five");
    RunRequest held = running("research");
    cordon("queue-research", "queue: research");
    await().atMost(LONG).until(() -> deferred(world.askIn("research", ENDS)));
    RunRequest other = world.askIn("other", ENDS);
    world.awaitsState(other, RunState.SUCCEEDED);
    assertThat(world.errors(held)).isEmpty();
    assertThat(world.leases()).containsKey(held.run().runId());
    world.cordon("queue-research", null);
    await().atMost(LONG).until(() -> !deferred(world.askIn("research", ENDS)));
  }

  /** Whether that is the answer to a request, rather than a claim. */
  private static boolean deferred(RunRequest request) {
    await().atMost(LONG).until(() -> !world.states(request).isEmpty());
    List<RunState> states = world.states(request);
    if (states.contains(RunState.DEFERRED)) {
      assertThat(states).containsExactly(RunState.DEFERRED);
      assertThat(world.leases()).doesNotContainKey(request.run().runId());
      return true;
    }
    return false;
  }

  @Test
  void aDrainedQueueEndsItsRunsAndNoOthers() {
    start("six");
    RunRequest ours = running("research");
    RunRequest other = running("other");
    cordon("drain-research", "queue: research, drain: true");
    assertPreempted(ours, "queue research is drained");
    assertThat(world.errors(other)).isEmpty();
    assertThat(world.leases()).containsKey(other.run().runId());
  }
}
