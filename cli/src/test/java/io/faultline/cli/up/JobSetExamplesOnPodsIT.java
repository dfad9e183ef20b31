package io.faultline.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Those of {@link JobSetExamplesIT}'s examples that need more than processes, as pods of a mock
 * cluster: a node that is drained, accelerators, and a worker that fails where only the leader's
 * script does. They are submitted as they stand, and the kubelet plays what becomes of them.
 */
class JobSetExamplesOnPodsIT {

  @TempDir private static Path folder;

  private static MockCluster cluster;
  private static UpProcess up;

  @BeforeAll
  static void begin() throws IOException {
    cluster = new MockCluster();
    up =
        new UpProcess(
            folder,
            "--kubeconfig",
            cluster.kubeconfig(folder).toString(),
            "--context",
            "mock",
            "--set",
            "sets.settleWindow=500ms");
    Path queue = folder.resolve("queue.yaml");
    Files.writeString(
        queue, "{apiVersion: faultline.io/v1, kind: Queue, name: jobsets, priorityFactor: 1}");
    up.run("apply", "--wait", "-f", queue.toString());
  }

  @AfterAll
  static void end() {
    up.close();
    cluster.close();
  }

  private static SubmittedSet submit(String name) throws IOException {
    Path file = Files.writeString(folder.resolve(name + ".yaml"), Manifests.text(name));
    return SubmittedSet.of(up, file, "jobsets", name);
  }

  @Test
  void hostMaintenance_isNotCountedAndAnyOtherFailureOfTheLeaderFailsTheSet() throws IOException {
    SubmittedSet set = submit("host-maintenance-event-model");
    SetPods pods = new SetPods(cluster, "host-maintenance-event-model");

    pods.evict(pods.running("leader", 0, 0));
    pods.evict(pods.running("leader", 1, 1));
    pods.exit(pods.running("leader", 0, 2), 1);
    set.awaitState("FAILED");

    String leader = "host-maintenance-event-model-leader-0";
    String maintenance = "restartAll FailurePolicy_failurePolicyRule0 " + leader;
    assertThat(set.decisions())
        .containsExactly(
            "0 " + maintenance + " PodFailurePolicy 1 0 0",
            "1 " + maintenance + " PodFailurePolicy 2 0 0",
            "2 failed ReachedMaxRestarts " + leader + " BackoffLimitExceeded 2 0 0");
    assertThat(set.starts()).containsExactly(3L, 3L, 3L, 3L);
    assertThat(up.run("describe", "set", set.id()))
        .contains(
            "has condition DisruptionTarget matching FailJob rule at index 0",
            "The set fails (RestartJobSet, rule failurePolicyRule1, ReachedMaxRestarts)");
  }

  @Test
  void ignoreMaxRestarts_holdsForTheLeaderAndWorkersHaveTheirLimit() throws IOException {
    SubmittedSet set = submit("restartjobsetandignoremaxrestarts-action");
    SetPods pods = new SetPods(cluster, "rjimr-action-example");

    pods.exit(pods.running("leader", 0, 0), 1);
    for (int generation = 1; generation <= 4; generation++) {
      pods.exit(pods.running("workers", 1, generation), 1);
    }
    set.awaitState("FAILED");

    String worker = " rjimr-action-example-workers-0 BackoffLimitExceeded ";
    assertThat(set.decisions())
        .containsExactly(
            "0 restartAll FailurePolicy_failurePolicyRule0 rjimr-action-example-leader-0"
                + " BackoffLimitExceeded 1 0 0",
            "1 restartAll DefaultFailurePolicy" + worker + "2 1 0",
            "2 restartAll DefaultFailurePolicy" + worker + "3 2 0",
            "3 restartAll DefaultFailurePolicy" + worker + "4 3 0",
            "4 failed ReachedMaxRestarts" + worker + "4 3 0");
  }

  @Test
  void gpuTraining_startsAgainOnceAndSucceeds() throws IOException {
    SubmittedSet set = submit("gpu-training");
    SetPods pods = new SetPods(cluster, "pytorch-gpu");

    pods.exit(pods.running("workers", 1, 0), 1);
    pods.exit(pods.running("workers", 0, 1), 0);
    pods.exit(pods.running("workers", 1, 1), 0);
    set.awaitState("SUCCEEDED");

    assertThat(set.decisions())
        .containsExactly(
            "0 restartAll FailurePolicy_failurePolicyRule0 pytorch-gpu-workers-0"
                + " BackoffLimitExceeded 1 1 0");
    assertThat(set.starts()).containsExactly(2L, 2L);
    assertThat(set.ofType("succeeded")).hasSize(2);
  }
}
