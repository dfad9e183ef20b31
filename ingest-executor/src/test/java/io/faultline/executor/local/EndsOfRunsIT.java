package io.faultline.executor.local;

import static io.faultline.executor.cluster.PodOrders.json;
import static io.faultline.executor.cluster.PodOrders.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.domain.evidence.Termination;
import io.faultline.executor.cluster.Observation;
import io.faultline.executor.cluster.Observations;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodOrders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each end of a process on this machine becomes as evidence. */
class EndsOfRunsIT {

  private static final String FALLBACK = ",\"terminationMessagePolicy\":\"FallbackToLogsOnError\"";

  @TempDir Path directory;
  private LocalCluster cluster;
  private final Observations seen = new Observations();

  @BeforeEach
  void open() throws Exception {
    cluster = new LocalCluster(LocalClusters.settings(directory));
    cluster.watch(seen);
  }

  @AfterEach
  void nothingIsLeft() {
    cluster.runs().forEach(seen::end);
    await().untilAsserted(() -> assertThat(Marked.below(directory)).isEmpty());
    cluster.runs().forEach(cluster::delete);
    cluster.close();
  }

  private Evidence failure(String podSpec) throws Exception {
    PodOrder order = PodOrders.of(podSpec);
    cluster.create(order);
    return seen.failure(order.runId());
  }

  private Observation end(String podSpec) throws Exception {
    PodOrder order = PodOrders.of(podSpec);
    cluster.create(order);
    return seen.end(order.runId());
  }

  private Termination mainOf(String podSpec) throws Exception {
    return failure(podSpec).containers().get(0).termination();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exit 1                | 1   | 0",
        "exit 74               | 74  | 0",
        "exit 255              | 255 | 0",
        "kill -TERM $$$$       | 143 | 15",
        "kill -KILL $$$$       | 137 | 9",
        "kill -SEGV $$$$       | 139 | 11",
        "kill -INT $$$$        | 130 | 2",
        "kill -QUIT $$$$       | 131 | 3",
      })
  void aBadEndHasItsExitCodeAndSignal(String script, int code, int signal) throws Exception {
    Evidence evidence = failure(shell(script));
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.POD_FAILED);
    assertThat(evidence.internalCause()).isNull();
    assertThat(evidence.podReason()).isEmpty();
    assertThat(evidence.podPhase()).isEqualTo("Failed");
    assertThat(evidence.node()).isEqualTo(LocalClusters.NODE);
    assertThat(evidence.containers())
        .containsExactly(
            new ContainerEvidence(
                "main",
                ContainerRole.REGULAR,
                "app:1",
                new Termination(code, signal, "Error", ""),
                "",
                null));
  }

  @Test
  void aRunThatIsOverAtOnceWasSeenRunning() throws Exception {
    for (int i = 0; i < 10; i++) {
      PodOrder order = PodOrders.of(shell("exit 1"));
      cluster.create(order);
      seen.failure(order.runId());
      assertThat(seen.of(order.runId())).anyMatch(Observation.Running.class::isInstance);
    }
  }

  @Test
  void exitCodeZeroIsSuccess() throws Exception {
    assertThat(end(shell("exit 0"))).isInstanceOf(Observation.Succeeded.class);
  }

  @Test
  void aProgramThatIsNotThereCouldNotStart() throws Exception {
    Termination end =
        mainOf("{\"containers\":[{\"name\":\"main\",\"command\":[\"no-such-program\",\"x\"]}]}");
    assertThat(end.exitCode()).isEqualTo(127);
    assertThat(end.reason()).isEqualTo("StartError");
    assertThat(end.message())
        .isEqualTo("exec: \"no-such-program\": executable file not found in $PATH");
  }

  @Test
  void aFileThatIsNoProgramCouldNotStart() throws Exception {
    Termination end =
        mainOf("{\"containers\":[{\"name\":\"main\",\"command\":[\"/etc/passwd\"]}]}");
    assertThat(end.exitCode()).isEqualTo(126);
    assertThat(end.message()).isEqualTo("exec: \"/etc/passwd\": permission denied");
  }

  @Test
  void aWorkingDirectoryThatIsNotThereCouldNotStart() throws Exception {
    Termination end = mainOf(shell("exit 0", ",\"workingDir\":\"/no/such/folder\"", ""));
    assertThat(end.exitCode()).isEqualTo(128);
    assertThat(end.reason()).isEqualTo("StartError");
    assertThat(end.message()).contains("/no/such/folder");
  }

  @Test
  void aPodPastItsDeadlineIsAnIssueWithThatReason() throws Exception {
    Evidence evidence = failure(shell("exec sleep 600", "", ",\"activeDeadlineSeconds\":1"));
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.POD_ISSUE);
    assertThat(evidence.internalCause()).isEqualTo(InternalCause.ACTIVE_DEADLINE);
    assertThat(evidence.podReason()).isEqualTo("DeadlineExceeded");
    assertThat(evidence.podMessage())
        .isEqualTo("Pod was active on the node longer than the specified deadline");
    assertThat(evidence.containers().get(0).termination())
        .isEqualTo(new Termination(143, 15, "Error", ""));
  }

  @Test
  void theDeadlineHoldsForInitContainersTooAndKillsWhatDoesNotHeed() throws Exception {
    Evidence evidence =
        failure(
            "{\"initContainers\":[{\"name\":\"init\",\"command\":[\"sh\",\"-c\",\"trap '' TERM;"
                + " while :; do sleep 0.1; done\"]}],"
                + "\"containers\":[{\"name\":\"main\",\"command\":[\"true\"]}],"
                + "\"activeDeadlineSeconds\":1,\"terminationGracePeriodSeconds\":1}");
    assertThat(evidence.podReason()).isEqualTo("DeadlineExceeded");
    assertThat(evidence.containers().get(0).termination()).isNull();
    assertThat(evidence.containers().get(1).termination().exitCode()).isEqualTo(137);
  }

  @Test
  void aPodThatEndsBeforeItsDeadlineHasNone() throws Exception {
    assertThat(end(shell("exit 0", "", ",\"activeDeadlineSeconds\":600")))
        .isInstanceOf(Observation.Succeeded.class);
  }

  @Test
  void aFailedInitContainerEndsThePodBeforeTheOthersStart() throws Exception {
    Evidence evidence =
        failure(
            "{\"initContainers\":["
                + "{\"name\":\"fine\",\"command\":[\"true\"]},"
                + "{\"name\":\"bad\",\"command\":[\"sh\",\"-c\",\"exit 9\"]},"
                + "{\"name\":\"never\",\"command\":[\"true\"]}],"
                + "\"containers\":[{\"name\":\"main\",\"command\":[\"true\"]}]}");
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.POD_FAILED);
    assertThat(evidence.containers())
        .extracting(ContainerEvidence::name)
        .containsExactly("main", "fine", "bad", "never");
    assertThat(evidence.containers().get(0).waitingReason()).isEqualTo("PodInitializing");
    assertThat(evidence.containers().get(1).termination().reason()).isEqualTo("Completed");
    assertThat(evidence.failedContainers())
        .extracting(ContainerEvidence::name)
        .containsExactly("bad");
  }

  @Test
  void initContainersRunOneAfterAnotherAndThenTheOthersTogether() throws Exception {
    Path log = directory.resolve("order");
    String say = "echo %s >> " + log;
    String meet =
        "; echo x > " + directory + "/%s; until [ -e " + directory + "/%s ]; do sleep 0.02; done";
    assertThat(
            end(
                "{\"initContainers\":["
                    + "{\"name\":\"i1\",\"command\":[\"sh\",\"-c\",\"sleep 0.2; "
                    + say.formatted("i1")
                    + "\"]},"
                    + "{\"name\":\"i2\",\"command\":[\"sh\",\"-c\",\""
                    + say.formatted("i2")
                    + "\"]}],"
                    + "\"containers\":["
                    + "{\"name\":\"a\",\"command\":[\"sh\",\"-c\",\""
                    + say.formatted("r")
                    + meet.formatted("a", "b")
                    + "\"]},"
                    + "{\"name\":\"b\",\"command\":[\"sh\",\"-c\",\""
                    + say.formatted("r")
                    + meet.formatted("b", "a")
                    + "\"]}]}"))
        .isInstanceOf(Observation.Succeeded.class);
    assertThat(java.nio.file.Files.readAllLines(log)).containsExactly("i1", "i2", "r", "r");
  }

  @Test
  void aPodWithOneFailedContainerEndsWhenAllHave() throws Exception {
    Evidence evidence =
        failure(
            "{\"containers\":["
                + "{\"name\":\"fine\",\"command\":[\"sh\",\"-c\",\"sleep 0.5\"]},"
                + "{\"name\":\"bad\",\"command\":[\"sh\",\"-c\",\"exit 5\"]}]}");
    assertThat(evidence.containers().get(0).termination().exitCode()).isZero();
    assertThat(evidence.containers().get(1).termination().exitCode()).isEqualTo(5);
  }

  @Test
  void aSidecarThatIsKilledFailsThePod() throws Exception {
    Evidence evidence =
        failure(
            "{\"containers\":["
                + "{\"name\":\"main\",\"command\":[\"true\"]},"
                + "{\"name\":\"sidecar\",\"command\":[\"sh\",\"-c\",\"kill -KILL $$$$\"]}]}");
    assertThat(evidence.failedContainers())
        .extracting(ContainerEvidence::name)
        .containsExactly("sidecar");
    assertThat(evidence.failedContainers().get(0).termination().exitCode()).isEqualTo(137);
  }

  @Test
  void theTerminationMessageIsReadWhereverTheSpecPutsIt() throws Exception {
    assertThat(mainOf(shell("echo why > /dev/termination-log; exit 1")).message())
        .isEqualTo("why\n");
    assertThat(
            mainOf(
                    shell(
                        "echo why > \"$FAULTLINE_TERMINATION_MESSAGE_PATH\"; exit 1",
                        ",\"terminationMessagePath\":\"/var/last words\"",
                        ""))
                .message())
        .isEqualTo("why\n");
    assertThat(
            mainOf(
                    shell(
                        "echo why > \"$OUT\"; exit 1",
                        ",\"terminationMessagePath\":\"/last\","
                            + "\"env\":[{\"name\":\"OUT\",\"value\":\"/last\"}]",
                        ""))
                .message())
        .isEqualTo("why\n");
  }

  @Test
  void aMessageKeepsItsMarkupAndLosesOnlyWhatNobodyCanStore() throws Exception {
    assertThat(
            mainOf(shell("printf '<b>\\000&\\377\\303\\244</b>' > /dev/termination-log; exit 1"))
                .message())
        .isEqualTo("<b>\uFFFD&\uFFFD\u00e4</b>");
  }

  @Test
  void aMessageOfOneMebibyteIsCutAtItsEnd() throws Exception {
    String message =
        mainOf(shell("head -c 1048576 /dev/zero | tr '\\000' x > /dev/termination-log; exit 1"))
            .message();
    assertThat(message).startsWith("x".repeat(4096) + "…").contains("1044480");
  }

  @Test
  void aMessageFileThatIsNoPlainFileIsNoMessage() throws Exception {
    String path = "\"$FAULTLINE_TERMINATION_MESSAGE_PATH\"";
    assertThat(mainOf(shell("rm " + path + "; mkfifo " + path + "; exit 1")).message()).isEmpty();
    assertThat(mainOf(shell("ln -sf /etc/passwd " + path + "; exit 1")).message()).isEmpty();
  }

  @Test
  void theEndOfTheLogStandsInForAMessageOnlyAfterABadEnd() throws Exception {
    assertThat(mainOf(shell("echo out; echo err >&2; exit 1", FALLBACK, "")).message())
        .isEqualTo("out\nerr\n");
    assertThat(mainOf(shell("echo out; exit 1")).message()).isEmpty();
    assertThat(
            mainOf(shell("echo out; echo own > /dev/termination-log; exit 1", FALLBACK, ""))
                .message())
        .isEqualTo("own\n");
    String many = mainOf(shell("seq 1 500; exit 1", FALLBACK, "")).message();
    assertThat(many.lines()).hasSize(80).startsWith("421").endsWith("500");
    String wide =
        mainOf(shell("head -c 9000 /dev/zero | tr '\\000' y; exit 1", FALLBACK, "")).message();
    assertThat(wide).isEqualTo("y".repeat(2048));
  }

  @Test
  void aContainerOverItsMemoryLimitIsOutOfMemory() throws Exception {
    outOfMemory(
        "{\"containers\":[{\"name\":\"main\",\"command\":"
            + Hog.command(1024)
            + ",\"resources\":{\"limits\":{\"memory\":\"100Mi\"}}}]}",
        0);
  }

  /** It writes slowly enough to be seen, and takes the file away with it. */
  @Test
  void aFileInSharedMemoryIsMemory() throws Exception {
    String file = "/dev/shm/faultline-test-" + ProcessHandle.current().pid();
    assumeThat(Files.isDirectory(Path.of("/dev/shm"))).isTrue();
    try {
      outOfMemory(
          shell(
              "exec 3>" + file + "; head -c 64000000 /dev/zero >&3; sleep 600",
              ",\"resources\":{\"limits\":{\"memory\":\"32Mi\"}}",
              ""),
          0);
    } finally {
      Files.deleteIfExists(Path.of(file));
    }
  }

  @Test
  void anInitContainerOverItsMemoryLimitIsOutOfMemory() throws Exception {
    outOfMemory(
        "{\"initContainers\":[{\"name\":\"init\",\"command\":"
            + Hog.command(1024)
            + ",\"resources\":{\"limits\":{\"memory\":\"100Mi\"}}}],"
            + "\"containers\":[{\"name\":\"main\",\"command\":[\"true\"]}]}",
        1);
  }

  @Test
  void aTreeOverItsMemoryLimitIsOutOfMemoryWhoeverTookIt() throws Exception {
    String hog = Hog.command(1024).replace("[", "").replace("]", "").replace("\",\"", " ");
    outOfMemory(
        shell(
            hog.replace("\"", "") + " & wait; sleep 600",
            ",\"resources\":{\"limits\":{\"memory\":\"100Mi\"}}",
            ""),
        0);
  }

  @Test
  void withoutControlGroupsMemoryIsSampled() throws Exception {
    cluster.close();
    cluster = new LocalCluster(LocalClusters.settings(directory, LocalSettings.MemoryMode.SAMPLED));
    cluster.watch(seen);
    aContainerOverItsMemoryLimitIsOutOfMemory();
    anInitContainerOverItsMemoryLimitIsOutOfMemory();
    aTreeOverItsMemoryLimitIsOutOfMemoryWhoeverTookIt();
    assertThat(
            end(
                "{\"containers\":[{\"name\":\"main\",\"command\":[\"sleep\",\"0.5\"],"
                    + "\"resources\":{\"limits\":{\"memory\":\"100Mi\"}}}]}"))
        .isInstanceOf(Observation.Succeeded.class);
  }

  private void outOfMemory(String podSpec, int container) throws Exception {
    Evidence evidence = failure(podSpec);
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.POD_FAILED);
    assertThat(evidence.podReason()).isEmpty();
    Termination end = evidence.containers().get(container).termination();
    assertThat(end.exitCode()).isEqualTo(137);
    assertThat(end.signal()).isEqualTo(9);
    assertThat(end.reason()).isEqualTo("OOMKilled");
  }

  @Test
  void whatAContainerLeavesBehindIsKilled() throws Exception {
    Evidence evidence =
        failure(
            shell(
                "sleep 600 & setsid sleep 601 & (trap '' TERM HUP; sleep 602) & sleep 0.2; exit"
                    + " 1"));
    assertThat(evidence.containers().get(0).termination().exitCode()).isEqualTo(1);
    await().untilAsserted(() -> assertThat(Marked.below(directory)).isEmpty());
  }

  @Test
  void wordsReachTheProgramAsTheyAre() throws Exception {
    List<String> words =
        List.of(
            "",
            " ",
            "a b",
            "$(touch /tmp/never)",
            "`id`",
            "'\"\\",
            "*",
            "-n",
            "\n",
            "a\nb\n\n",
            "é世界😀",
            "x=y",
            "; exit 7",
            "\t\u0001\u007f",
            "$$(HOME)");
    StringBuilder args = new StringBuilder();
    words.forEach(word -> args.append(args.isEmpty() ? "" : ",").append(json(word)));
    Evidence evidence =
        failure(
            "{\"containers\":[{\"name\":\"main\",\"command\":[\"sh\",\"-c\","
                + "\"printf '%s|' \\\"$@\\\" > /dev/termination-log; exit 1\",\"sh\"],\"args\":["
                + args
                + "],\"env\":[{\"name\":\"A.b-c\",\"value\":\"x\"}]}]}");
    assertThat(evidence.containers().get(0).termination().message())
        .isEqualTo(String.join("|", words).replace("$$(HOME)", "$(HOME)") + "|");
  }

  @Test
  void theEnvironmentIsThePodsAndNotOurs() throws Exception {
    String message =
        mainOf(
                shell(
                    "env > /dev/termination-log; exit 1",
                    ",\"env\":[{\"name\":\"A\",\"value\":\"1\"},{\"name\":\"B\",\"value\":\"$(A)2\"},"
                        + "{\"name\":\"NODE\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"spec.nodeName\"}}},"
                        + "{\"name\":\"TEAM\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":"
                        + "\"metadata.labels['team']\"}}}]",
                    ""))
            .message();
    assertThat(message.lines().toList())
        .contains("A=1", "B=12", "NODE=" + LocalClusters.NODE, "TEAM=a")
        .noneMatch(line -> line.startsWith("JAVA") || line.startsWith("MAVEN"));
    assertThat(message).contains("HOSTNAME=armada-").contains("FAULTLINE_RUN_ID=");
  }
}
