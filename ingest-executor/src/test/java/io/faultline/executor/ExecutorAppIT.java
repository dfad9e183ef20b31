package io.faultline.executor;

import static io.faultline.executor.cluster.PodOrders.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.ExecutorCommand.Action;
import io.faultline.domain.job.Heartbeat;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.job.RunState;
import io.faultline.domain.retry.RunMutations;
import io.faultline.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executor on a real broker and a real registry. */
class ExecutorAppIT {

  private static World world;

  @TempDir Path directory;
  private final List<ExecutorApp> apps = new ArrayList<>();

  @BeforeAll
  static void begin() throws Exception {
    world = new World();
  }

  @AfterAll
  static void end() {
    world.close();
  }

  private ExecutorApp start(String... settings) {
    return startIn(directory, settings);
  }

  private ExecutorApp startIn(Path where, String... settings) {
    List<String> all = new ArrayList<>(List.of("executor.stopRunsOnClose", "true"));
    all.addAll(List.of(settings));
    ExecutorApp app = world.start(where, all.toArray(String[]::new));
    apps.add(app);
    await().atMost(Duration.ofSeconds(60)).until(app::ready);
    return app;
  }

  @AfterEach
  void stopAll() {
    apps.forEach(ExecutorApp::close);
  }

  /** A script that goes on once {@link #go} says so. */
  private String waiting(String name) {
    return "echo x >> "
        + directory.resolve(name + ".started")
        + "; while [ ! -e "
        + directory.resolve(name + ".go")
        + " ]; do sleep 0.05; done; ";
  }

  private void go(String name) {
    try {
      Files.createFile(directory.resolve(name + ".go"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> lines(String file) {
    try {
      Path path = directory.resolve(file);
      return Files.exists(path) ? Files.readAllLines(path) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aRunIsLeasedPendingRunningAndSucceededAndThenNobodyHoldsIt() {
    start();
    RunRequest request = world.ask(shell(waiting("a")));
    world.awaitsState(request, RunState.RUNNING);
    assertThat(world.leases().get(request.run().runId()).executor()).isEqualTo("executor-1");
    go("a");
    world.awaitsState(request, RunState.SUCCEEDED);
    assertThat(world.states(request))
        .containsExactly(RunState.LEASED, RunState.PENDING, RunState.RUNNING, RunState.SUCCEEDED);
    assertThat(world.leases()).doesNotContainKey(request.run().runId());
    RunReport running =
        world.values(Topics.RUN_REPORTS).stream()
            .filter(r -> r.run().equals(request.run()) && r.state() == RunState.RUNNING)
            .findFirst()
            .orElseThrow();
    assertThat(running.node()).isEqualTo("here");
    assertThat(running.cluster()).isEqualTo("local");
    assertThat(running.namespace()).isEqualTo("default");
    assertThat(running.podName()).isEqualTo(request.podName());
  }

  @Test
  void aBadEndIsOneJobErrorWithItsEvidence() {
    start();
    RunRequest request = world.ask(shell("echo broken > /dev/termination-log; exit 74"));
    JobError error = world.awaitsError(request);
    assertThat(error.errorId()).isEqualTo(request.run().runId() + "/0");
    assertThat(error.terminal()).isTrue();
    assertThat(error.executor()).isEqualTo("executor-1");
    assertThat(error.evidence().kind()).isEqualTo(EvidenceKind.POD_FAILED);
    assertThat(error.evidence().containers().get(0).termination().exitCode()).isEqualTo(74);
    assertThat(error.evidence().containers().get(0).termination().message()).isEqualTo("broken\n");
    assertThat(world.states(request))
        .containsExactly(RunState.LEASED, RunState.PENDING, RunState.RUNNING);
    ConsumerRecord<byte[], byte[]> record =
        world.records(Topics.JOB_ERRORS).stream()
            .filter(r -> new String(r.key(), UTF_8).equals(request.job().jobId()))
            .findFirst()
            .orElseThrow();
    assertThat(new String(record.headers().lastHeader("ce_id").value(), UTF_8))
        .isEqualTo(error.errorId());
  }

  private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;

  @Test
  void noMoreRunsAtOnceThanThereIsRoomFor() {
    start("executor.maxRuns", "2");
    List<RunRequest> requests = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      requests.add(
          world.ask(
              shell(
                  "echo + >> "
                      + directory.resolve("count")
                      + "; sleep 0.2; echo - >> "
                      + directory.resolve("count"))));
    }
    requests.forEach(request -> world.awaitsState(request, RunState.SUCCEEDED));
    int running = 0;
    for (String line : lines("count")) {
      running += line.equals("+") ? 1 : -1;
      assertThat(running).isBetween(0, 2);
    }
    assertThat(lines("count")).hasSize(16);
    for (RunRequest request : requests) {
      assertThat(world.states(request)).containsOnlyOnce(RunState.LEASED, RunState.SUCCEEDED);
    }
  }

  @Test
  void whatDoesNotFitNowGoesToTheEndAndRunsWhenThereIsRoom() {
    start("executor.memory", "1Gi");
    String half = ",\"resources\":{\"requests\":{\"memory\":\"700Mi\"}}";
    RunRequest first = world.ask(shell(waiting("first"), half, ""));
    world.awaitsState(first, RunState.RUNNING);
    RunRequest second = world.ask(shell(waiting("second"), half, ""));
    RunRequest small = world.ask(shell("exit 0"));
    world.awaitsState(small, RunState.SUCCEEDED);
    await()
        .until(
            () ->
                world.records(Topics.RUN_REQUESTS).stream()
                        .filter(r -> new String(r.key(), UTF_8).equals(second.job().jobId()))
                        .count()
                    > 1);
    assertThat(world.states(second)).isEmpty();
    go("first");
    go("second");
    world.awaitsState(second, RunState.SUCCEEDED);
    assertThat(world.states(second)).containsOnlyOnce(RunState.LEASED);
    assertThat(lines("second.started")).hasSize(1);
  }

  @Test
  void whatNeverFitsIsReturnedAndSaysWhy() {
    start("executor.memory", "1Gi");
    RunRequest request =
        world.ask(shell("exit 0", ",\"resources\":{\"requests\":{\"memory\":\"2Gi\"}}", ""));
    JobError error = world.awaitsError(request);
    assertThat(error.evidence().kind()).isEqualTo(EvidenceKind.LEASE_RETURNED);
    assertThat(error.evidence().podError()).contains("2147483648").contains("1073741824");
    assertThat(world.leases()).doesNotContainKey(request.run().runId());
  }

  @Test
  void aSpecThatCanNotBeRunRejectsTheJob() {
    start();
    RunRequest request = world.ask("{\"containers\":[{\"name\":\"main\"}]}");
    JobError error = world.awaitsError(request);
    assertThat(error.evidence().kind()).isEqualTo(EvidenceKind.JOB_REJECTED);
    assertThat(error.evidence().podError()).contains("spec.containers[0].command");
  }

  @Test
  void aRunThatMustAvoidThisNodeIsUnschedulable() {
    start();
    RunRequest request =
        world.ask(shell("exit 0"), new RunMutations(List.of("here"), List.of(), List.of()));
    assertThat(world.awaitsError(request).evidence().podReason()).isEqualTo("Unschedulable");
  }

  @Test
  void aRequestWhoseSpecIsGoneIsStoppedAndNothingRuns() {
    start();
    RunRequest request = world.submit(shell(waiting("gone")), RunMutations.NONE);
    world.send(Topics.JOB_SPECS, request.job().jobId(), null);
    RunRequest elsewhere =
        new RunRequest(
            request.job(),
            request.run(),
            new io.faultline.domain.job.SpecRef(
                request.spec().partition(), request.spec().offset() + 1, request.spec().sha256()),
            request.podName(),
            request.mutations(),
            request.at());
    world.send(Topics.RUN_REQUESTS, request.job().recordKey(), elsewhere);
    world.awaitsState(request, RunState.STOPPED);
    assertThat(world.states(request)).containsExactly(RunState.STOPPED);
    assertThat(lines("gone.started")).isEmpty();
  }

  @Test
  void bytesThatAreNoRequestAreADeadLetterAndStopNobody() {
    start();
    world.sendBytes(Topics.RUN_REQUESTS.name(), "poison", new byte[] {1, 2, 3});
    RunRequest request = world.ask(shell("exit 0"));
    world.awaitsState(request, RunState.SUCCEEDED);
    await()
        .until(
            () ->
                world.records(Topics.DEAD_LETTERS).stream()
                    .anyMatch(letter -> new String(letter.key(), UTF_8).equals("poison")));
  }

  @Test
  void aRunThatIsToldToStopIsStoppedAndItsFolderDeleted() {
    start();
    RunRequest request = world.ask(shell(waiting("a")));
    world.awaitsState(request, RunState.RUNNING);
    world.command(request, Action.STOP);
    world.awaitsState(request, RunState.STOPPED);
    assertThat(world.errors(request)).isEmpty();
    Path folder = directory.resolve("local/runs").resolve(request.run().runId());
    assertThat(folder).exists();
    world.command(request, Action.DELETE_POD);
    await().until(() -> !Files.exists(folder));
  }

  @Test
  void everyPartitionHearsThatItLives() {
    start("executor.heartbeatInterval", "200ms");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        world.records(Topics.HEARTBEATS).stream()
                            .map(ConsumerRecord::partition)
                            .collect(Collectors.toSet()))
                    .hasSize(World.PARTITIONS));
    Heartbeat beat = world.values(Topics.HEARTBEATS).get(0);
    assertThat(beat.executor()).isEqualTo("executor-1");
    assertThat(beat.stopsAfterMillis()).isEqualTo(40_000);
  }

  @Test
  void endsWhileTheBrokerIsAwayAreReportedOnceWhenItIsBack() {
    ExecutorApp app = start();
    RunRequest fine = world.ask(shell(waiting("a")));
    RunRequest bad = world.ask(shell(waiting("a") + "exit 3"));
    world.awaitsState(fine, RunState.RUNNING);
    world.awaitsState(bad, RunState.RUNNING);
    world.kafka.stop();
    go("a");
    await().atMost(Duration.ofSeconds(30)).until(() -> !app.ready());
    world.kafka.start();
    world.awaitsState(fine, RunState.SUCCEEDED);
    world.awaitsError(bad);
    await().atMost(Duration.ofSeconds(60)).until(app::ready);
    RunRequest after = world.ask(shell("exit 0"));
    world.awaitsState(after, RunState.SUCCEEDED);
    assertThat(world.states(fine)).containsOnlyOnce(RunState.LEASED, RunState.SUCCEEDED);
    assertThat(world.errors(bad)).hasSize(1);
    assertThat(lines("a.started")).hasSize(2);
    assertThat(world.leases()).isEmpty();
  }

  @Test
  void anExecutorThatNobodyHearsEndsItsRuns() {
    start("executor.heartbeatInterval", "200ms", "executor.stopsAfter", "2s");
    RunRequest request = world.ask(shell(waiting("a")));
    world.awaitsState(request, RunState.RUNNING);
    Path end = directory.resolve("local/runs").resolve(request.run().runId()).resolve("end");
    world.kafka.stop();
    await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(end));
    world.kafka.start();
    JobError error = world.awaitsError(request);
    assertThat(error.evidence().kind()).isEqualTo(EvidenceKind.LEASE_EXPIRED);
    assertThat(error.evidence().internalCause()).isEqualTo(InternalCause.LEASE_EXPIRED);
  }

  @Test
  void anExecutorWhoseIdIsTakenEndsItsRunsAndSaysNothingMore(@TempDir Path other) {
    ExecutorApp first = start();
    RunRequest request = world.ask(shell(waiting("a")));
    world.awaitsState(request, RunState.RUNNING);
    ExecutorApp second = startIn(other);
    await().atMost(Duration.ofSeconds(60)).until(() -> first.failure().isPresent());
    assertThat(first.ready()).isFalse();
    Path end = directory.resolve("local/runs").resolve(request.run().runId()).resolve("end");
    await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(end));
    go("a");
    world.awaitsState(request, RunState.SUCCEEDED);
    RunRequest after = world.ask(shell("exit 0"));
    world.awaitsState(after, RunState.SUCCEEDED);
    assertThat(world.errors(request)).isEmpty();
    assertThat(second.ready()).isTrue();
  }

  @Test
  void executorsShareTheRequestsAndEachRunsOnce(@TempDir Path other) {
    start("executor.maxRuns", "3");
    startIn(other, "executor.maxRuns", "3", "executor.id", "executor-2");
    List<RunRequest> requests = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      requests.add(world.ask(shell("echo x >> " + directory.resolve("shared"))));
    }
    requests.forEach(request -> world.awaitsState(request, RunState.SUCCEEDED));
    for (RunRequest request : requests) {
      assertThat(world.states(request)).containsOnlyOnce(RunState.LEASED, RunState.SUCCEEDED);
    }
    assertThat(lines("shared")).hasSize(20);
    assertThat(world.leases()).isEmpty();
  }

  @Test
  void aDirectoryInUseIsSaidAtOnce() {
    start();
    ExecutorApp second =
        new ExecutorApp(
            ExecutorSettings.read(
                io.faultline.app.SettingsReader.of(
                    world.settings(directory, "executor.id", "executor-2"))));
    assertThatThrownBy(second::start).hasMessageContaining("in use by another executor");
    second.close();
  }
}
