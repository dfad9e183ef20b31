package io.faultline.executor.local;

import static io.faultline.executor.cluster.PodOrders.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.executor.cluster.Observation;
import io.faultline.executor.cluster.Observations;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodOrders;
import io.faultline.executor.pod.PodSpecReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs outlive the executor, begin once, and leave nothing, whoever is killed. */
class SupervisionIT {

  @TempDir Path directory;
  private LocalCluster cluster;
  private Observations seen;

  @BeforeEach
  void open() throws Exception {
    open(LocalClusters.settings(directory));
  }

  private void open(LocalSettings settings) throws IOException {
    cluster = new LocalCluster(settings);
    seen = new Observations();
    cluster.watch(seen);
  }

  @AfterEach
  void nothingIsLeft() {
    cluster.runs().forEach(seen::end);
    await().untilAsserted(() -> assertThat(Marked.below(directory)).isEmpty());
    cluster.runs().forEach(cluster::delete);
    cluster.close();
  }

  private RunFolder folder(PodOrder order) {
    return new RunFolder(directory.resolve("runs").resolve(order.runId()));
  }

  private PodOrder running(String podSpec) throws Exception {
    PodOrder order = PodOrders.of(podSpec);
    cluster.create(order);
    seen.awaits(order.runId(), Observation.Running.class);
    return order;
  }

  private static void kill(long pid) throws Exception {
    new ProcessBuilder("kill", "-KILL", Long.toString(pid)).start().waitFor();
  }

  @Test
  void manySupervisorsOfOneRunStartItOnce() throws Exception {
    cluster.close();
    LocalSettings settings = LocalClusters.settings(directory);
    LocalDirectory taken = LocalDirectory.take(settings);
    PodOrder order = PodOrders.of(shell("echo started >> " + directory.resolve("mark")));
    TrackedRun run = taken.prepare(order, PodSpecReader.read(order.spec()));
    Supervisor supervisor = Supervisor.in(directory, taken.launcher());
    List<Thread> starters = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread starter =
          new Thread(
              () -> {
                try {
                  supervisor.start(run.folder());
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      starters.add(starter);
      starter.start();
    }
    for (Thread starter : starters) {
      starter.join();
    }
    taken.close();
    open(settings);
    assertThat(seen.end(order.runId())).isInstanceOf(Observation.Succeeded.class);
    await().untilAsserted(() -> assertThat(Marked.below(directory)).isEmpty());
    assertThat(Files.readAllLines(directory.resolve("mark"))).containsExactly("started");
  }

  @Test
  void aRunPreparedByAnExecutorThatDiedIsStartedByTheNext() throws Exception {
    cluster.close();
    LocalSettings settings = LocalClusters.settings(directory);
    LocalDirectory taken = LocalDirectory.take(settings);
    PodOrder order = PodOrders.of(shell("exit 0"));
    taken.prepare(order, PodSpecReader.read(order.spec()));
    Files.createDirectory(directory.resolve("runs/.draft-half"));
    taken.close();
    open(settings);
    assertThat(cluster.runs()).containsExactly(order.runId());
    cluster.create(order);
    assertThat(seen.end(order.runId())).isInstanceOf(Observation.Succeeded.class);
    assertThat(directory.resolve("runs/.draft-half")).doesNotExist();
  }

  @Test
  void aRunWhoseSupervisorIsKilledIsMissingAndNothingOfItLivesOn() throws Exception {
    PodOrder order = running(shell("setsid sleep 600 & sleep 601"));
    kill(folder(order).supervisor().orElseThrow().pid());
    Evidence evidence = seen.failure(order.runId());
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.POD_ISSUE);
    assertThat(evidence.internalCause()).isEqualTo(InternalCause.POD_MISSING);
    assertThat(Marked.below(directory)).isEmpty();
  }

  @Test
  void aRunOfWhichEverythingWasKilledWhileNobodyWatchedIsMissing() throws Exception {
    PodOrder order = running(shell("sleep 600"));
    cluster.close();
    for (long pid : Marked.below(directory)) {
      kill(pid);
    }
    open();
    assertThat(seen.failure(order.runId()).internalCause()).isEqualTo(InternalCause.POD_MISSING);
    cluster.close();
    open();
    assertThat(seen.failure(order.runId()).internalCause()).isEqualTo(InternalCause.POD_MISSING);
  }

  @Test
  void aSupervisorThatSomeoneElseEndsEndsItsRun() throws Exception {
    PodOrder order = running(shell("exec sleep 600"));
    folder(order).supervisor().orElseThrow().terminate();
    Evidence evidence = seen.failure(order.runId());
    assertThat(evidence.internalCause()).isEqualTo(InternalCause.EXTERNALLY_DELETED);
    assertThat(evidence.containers().get(0).termination().exitCode()).isEqualTo(143);
  }

  @Test
  void aRunEndsItselfWhenItsExecutorStaysAway() throws Exception {
    cluster.close();
    LocalSettings s = LocalClusters.settings(directory);
    open(
        new LocalSettings(
            s.directory(),
            s.cluster(),
            s.node(),
            s.capacity(),
            s.memory(),
            s.logBytes(),
            s.keepFailed(),
            s.keepFailedRuns(),
            Duration.ofSeconds(5),
            s.leaseGrace(),
            s.messages()));
    PodOrder order = running(shell("exec sleep 600"));
    cluster.leaseRenewed();
    cluster.close();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> folder(order).end().isPresent() && Marked.below(directory).isEmpty());
    open();
    assertThat(seen.failure(order.runId()).kind()).isEqualTo(EvidenceKind.LEASE_EXPIRED);
  }

  @Test
  void aProcessWithTheSameNumberIsNotTheSame() {
    long self = ProcessHandle.current().pid();
    String started = Long.toString(ProcessTable.stat(self).orElseThrow().started());
    String boot = bootId();
    assertThat(new ProcessIdentity(self, boot, started).alive()).isTrue();
    assertThat(new ProcessIdentity(self, boot, started + "1").alive()).isFalse();
    assertThat(new ProcessIdentity(self, "another boot", started).alive()).isFalse();
    assertThat(ProcessIdentity.NOBODY.alive()).isFalse();
    assertThat(ProcessIdentity.parse("1 two")).isEmpty();
    assertThat(ProcessIdentity.parse("x y z")).isEmpty();
  }

  private static String bootId() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aDirectoryHasOneExecutorAtATime() {
    assertThatThrownBy(() -> new LocalCluster(LocalClusters.settings(directory)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("in use by another executor");
  }

  @Test
  void aLogIsKeptWithinItsBound() throws Exception {
    PodOrder order =
        running(shell("while :; do head -c 100000 /dev/zero | tr '\\000' z; sleep 0.02; done"));
    Path container = folder(order).container(0);
    await().until(() -> Files.exists(container.resolve("log.1")));
    long first = Files.getLastModifiedTime(container.resolve("log.1")).toMillis();
    await().until(() -> Files.getLastModifiedTime(container.resolve("log.1")).toMillis() > first);
    assertThat(Files.size(container.resolve("log.1"))).isLessThanOrEqualTo(1 << 19);
    cluster.stop(order.runId(), io.faultline.executor.cluster.StopCause.COMMAND);
    seen.end(order.runId());
  }

  @Test
  void foldersOfReportedRunsGoAndUnreportedOnesStay() throws Exception {
    cluster.close();
    LocalSettings s = LocalClusters.settings(directory);
    open(
        new LocalSettings(
            s.directory(),
            s.cluster(),
            s.node(),
            s.capacity(),
            s.memory(),
            s.logBytes(),
            Duration.ofHours(1),
            1,
            Duration.ZERO,
            s.leaseGrace(),
            s.messages()));
    List<PodOrder> orders = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      PodOrder order = PodOrders.of(shell("exit 1"));
      orders.add(order);
      cluster.create(order);
      seen.failure(order.runId());
    }
    assertThat(cluster.runs()).hasSize(3);
    cluster.reported(orders.get(0).runId());
    cluster.reported(orders.get(1).runId());
    await()
        .untilAsserted(
            () ->
                assertThat(cluster.runs())
                    .containsExactlyInAnyOrder(orders.get(1).runId(), orders.get(2).runId()));
  }
}
