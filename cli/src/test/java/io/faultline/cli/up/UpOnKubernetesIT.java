package io.faultline.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole with pods in place of processes: every kind of end that a pod can come to, played by a
 * scripted kubelet, is found with its evidence and category.
 */
class UpOnKubernetesIT {

  private static final Path EXAMPLES = Path.of("..", "deploy", "examples");

  /**
   * An end, and what must be found.
   *
   * @param evidence words that the evidence must hold
   */
  private record End(String play, String kind, String category, List<String> evidence) {}

  private static final List<End> ENDS =
      List.of(
          new End("1", "PodFailed", "uncategorized/unknown", List.of("\"exitCode\":1}", "exit 1")),
          new End("oom", "PodFailed", "resources/oom", List.of("OOMKilled", "\"exitCode\":137}")),
          new End("evicted", "PodFailed", "resources/evicted", List.of("low on resource: memory")),
          new End("deadline", "PodIssue", "resources/deadline", List.of("DeadlineExceeded")),
          new End(
              "rejected",
              "PodIssue",
              "uncategorized/unknown",
              List.of("Allocate failed due to no GPU")),
          new End(
              "preempted", "Preempted", "uncategorized/unknown", List.of("PreemptionByScheduler")),
          new End(
              "no-image", "LeaseReturned", "internal/lease-returned", List.of("ImagePullBackOff")),
          new End(
              "no-volume",
              "LeaseReturned",
              "internal/lease-returned",
              List.of("ContainerCreating")),
          new End(
              "bad-config",
              "LeaseReturned",
              "internal/lease-returned",
              List.of("CreateContainerConfigError")),
          new End(
              "bad-image", "PodIssue", "internal/job-creation-failed", List.of("InvalidImageName")),
          new End(
              "unschedulable",
              "PodIssue",
              "internal/job-creation-failed",
              List.of("said Unschedulable")),
          new End("vanishes", "PodIssue", "internal/pod-missing", List.of(MockCluster.NODE)),
          new End(
              "deleted", "PodIssue", "infrastructure/terminated", List.of("externally-deleted")),
          new End("stuck", "PodIssue", "internal/stuck-terminating", List.of(MockCluster.NODE)),
          new End(
              "lost", "PodIssue", "internal/stuck-terminating", List.of("DeletionByTaintManager")));

  @Test
  void everyEndOfAPodIsFoundWithItsEvidenceAndCategory(@TempDir Path folder) throws Exception {
    try (MockCluster cluster = new MockCluster()) {
      try (UpProcess up =
          new UpProcess(
              folder,
              "--kubeconfig",
              cluster.kubeconfig(folder).toString(),
              "--context",
              "mock",
              "--set",
              "executor.kubernetes.startPatience=20s",
              "--set",
              "executor.kubernetes.schedulePatience=20s",
              "--set",
              "executor.kubernetes.terminatePatience=20s")) {
        for (String file : List.of("policies.yaml", "categories.yaml", "queues.yaml")) {
          up.run("apply", "--wait", "-f", EXAMPLES.resolve(file).toString());
        }
        String fine = up.submit(folder, "research", "0");
        String retried = up.submit(folder, "research", "74");
        List<String> jobs = new ArrayList<>();
        for (End end : ENDS) {
          jobs.add(up.submit(folder, "builds", end.play()));
        }

        SoftAssertions found = new SoftAssertions();
        for (int i = 0; i < jobs.size(); i++) {
          check(up, jobs.get(i), ENDS.get(i), found);
        }
        found.assertAll();

        up.awaitState(fine, "SUCCEEDED");
        up.awaitState(retried, "FAILED");
        assertThat(up.ask("get", "failures", "--job-id", retried).findValues("failureInfo"))
            .extracting(info -> info.path("category").asText())
            .hasSize(4)
            .containsOnly("transient");
        up.run("cancel", "--queue", "builds", "--job-set", "test"); // those that are tried again
      }
      assertThat(cluster.pods())
          .as("what has ended is reported, so that no finalizer keeps a pod")
          .allMatch(pod -> pod.getMetadata().getFinalizers().isEmpty());
    }
  }

  private static void check(UpProcess up, String job, End end, SoftAssertions found)
      throws IOException {
    List<JsonNode> failures = new ArrayList<>();
    await("a failure of " + end.play())
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              failures.clear();
              up.ask("get", "failures", "--job-id", job).path("items").forEach(failures::add);
              return !failures.isEmpty();
            });
    JsonNode first = failures.get(failures.size() - 1);
    JsonNode info = first.path("failureInfo");
    found.assertThat(first.path("kind").asText()).as("kind of " + end).isEqualTo(end.kind());
    found
        .assertThat(info.path("category").asText() + "/" + info.path("subcategory").asText())
        .as("category of " + end)
        .isEqualTo(end.category());
    JsonNode whole = up.ask("get", "failures", first.path("failureId").asText());
    found
        .assertThat(whole.path("evidence").toString())
        .as("evidence of " + end)
        .contains(end.evidence().toArray(String[]::new));
  }
}
