package io.faultline.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Retries as pods: what each run's pod is called, asks for and avoids, as the API server got it.
 * The scripted kubelet plays each run's end.
 */
class RetriesOnKubernetesIT {

  private static final Path DEMO = Path.of("..", "deploy", "examples", "retries");

  private static final String RULES =
      """
      apiVersion: faultline.io/v1
      kind: Categories
      name: pods
      spec:
        enabled: true
        categories:
          - name: disposable
            action: Delete
            rules:
              - onExitCodes: {operator: In, values: [76]}
          - name: transient
            rules:
              - onExitCodes: {operator: In, values: [75]}
      ---
      apiVersion: faultline.io/v1
      kind: RetryPolicy
      name: pods
      retryLimit: 6
      defaultAction: Fail
      rules:
        - name: too-slow
          action: Retry
          onConditions: [DeadlineExceeded]
          mutate:
            activeDeadlineSeconds: {factor: 2, max: 45}
            resources: {cpu: {factor: 2, max: "1"}}
        - name: disk-full
          action: Retry
          onConditions: [Evicted]
          mutate:
            affinity: {preferOtherNode: true}
            resources: {ephemeral-storage: {factor: 1.5}}
        - name: other-node
          action: Retry
          onCategory: transient
          mutate: {affinity: {avoidSameNode: true}}
        - name: disposable
          action: Retry
          onCategory: disposable
      ---
      apiVersion: faultline.io/v1
      kind: RetryPolicy
      name: pods-once
      retryLimit: 1
      defaultAction: Retry
      ---
      apiVersion: faultline.io/v1
      kind: Queue
      name: pods
      priorityFactor: 1
      retryPolicy: pods
      categories: pods
      ---
      apiVersion: faultline.io/v1
      kind: Queue
      name: pods-once
      priorityFactor: 1
      retryPolicy: pods-once
      categories: pods
      """;

  private static final String JOB =
      """
      queue: %s
      jobSetId: pods
      jobs:
        - namespace: default
          podSpec:
            restartPolicy: Never
            activeDeadlineSeconds: 30
            initContainers:
              - name: fetch
                image: "test:1"
                command: [sh, -c, "true"]
                resources: {limits: {memory: 48Mi}}
            containers:
              - name: main
                image: "test:1"
                command: [sh, -c, %s]
                resources:
                  requests: {cpu: 300m, memory: %s, ephemeral-storage: 1Gi}
                  limits: {cpu: 400m, memory: %s, ephemeral-storage: 1Gi}
              - name: sidecar
                image: "test:1"
                command: [sh, -c, "true"]
      """;

  @TempDir private Path folder;

  @Test
  void eachRunsPodIsNamedAndDiffersAsThePolicySays() throws Exception {
    try (MockCluster cluster = new MockCluster();
        UpProcess up = up(cluster)) {
      MadePods pods = new MadePods(cluster);
      String grows = submit(up, "retries", "oom,0", "64Mi");
      String capped = submit(up, "retries", "oom", "600Mi");
      String waits = submit(up, "retries", "75,75,75,0", "64Mi");
      String slow = submit(up, "pods", "deadline,evicted,0", "64Mi");
      String moves = submit(up, "pods", "75", "64Mi");
      String disposed = submit(up, "pods", "76,0", "64Mi");
      String nameTaken = submit(up, "pods-once", "75" + MockCluster.NAME_TAKEN + ",75", "64Mi");

      up.awaitState(grows, "SUCCEEDED");
      assertThat(podNames(up, grows))
          .containsExactly(MadePods.name(grows, 0), MadePods.name(grows, 1));
      assertThat(pods.memory(grows, 0)).isEqualTo("64 64, init 48");
      assertThat(pods.memory(grows, 1)).isEqualTo("96 96, init 72");

      up.awaitState(capped, "FAILED");
      assertThat(podNames(up, capped)).hasSize(4);
      assertThat(pods.memory(capped, 1)).isEqualTo("900 900, init 72");
      assertThat(pods.memory(capped, 2)).isEqualTo("1024 1024, init 108");
      assertThat(pods.memory(capped, 3)).isEqualTo("1024 1024, init 162");

      up.awaitState(waits, "SUCCEEDED");
      assertThat(podNames(up, waits)).hasSize(4).last().isEqualTo(MadePods.name(waits, 3));
      assertThat(pods.spec(waits, 3)).isEqualTo(pods.spec(waits, 0));

      up.awaitState(slow, "SUCCEEDED");
      slowJobsPods(pods, slow);
      assertThat(nodes(up, slow)).containsExactly("node-1", "node-1", "node-2");

      up.awaitState(moves, "FAILED");
      assertThat(nodes(up, moves)).startsWith("node-1", "node-2", "node-3").hasSize(4);
      assertThat(pods.avoided(moves, 3))
          .isEqualTo("metadata.name=node-1, metadata.name=node-2, metadata.name=node-3");
      assertThat(up.ask("get", "decisions", "--job-id", moves).path("items"))
          .extracting(decision -> decision.path("reason").asText())
          .containsExactly("retry_unschedulable", "retry", "retry", "retry");

      up.awaitState(disposed, "SUCCEEDED");
      await("a category's action Delete is carried out")
          .atMost(Duration.ofMinutes(1))
          .until(() -> names(cluster).stream().noneMatch(MadePods.name(disposed, 0)::equals));
      assertThat(names(cluster))
          .as("Retain is what the others have")
          .contains(MadePods.name(disposed, 1), MadePods.name(waits, 0), MadePods.name(moves, 0));
      assertThat(up.ask("get", "failures", "--job-id", disposed).findValues("failureInfo"))
          .as("it was told before its pod went")
          .extracting(info -> info.path("category").asText())
          .containsExactly("disposable");

      up.awaitState(nameTaken, "FAILED");
      theCauseIsKeptWhereANameIsTaken(up, nameTaken);
    }
  }

  @Test
  void nodesAreToldApartByALabelWhereOneIsSet() throws Exception {
    try (MockCluster cluster = new MockCluster();
        UpProcess up = up(cluster, "--set", "executor.kubernetes.nodeLabel=" + MockNodes.RACK)) {
      MadePods pods = new MadePods(cluster);
      String moves = submit(up, "pods", "75", "64Mi");
      String slow = submit(up, "pods", "evicted,0", "64Mi");

      up.awaitState(moves, "FAILED");
      assertThat(nodes(up, moves)).startsWith("node-1", "node-3").hasSize(3);
      assertThat(pods.avoided(moves, 1)).isEqualTo(MockNodes.RACK + "=rack-a");
      assertThat(pods.avoided(moves, 2)).isEqualTo(MockNodes.RACK + "=rack-a|rack-b");

      up.awaitState(slow, "SUCCEEDED");
      assertThat(nodes(up, slow)).containsExactly("node-1", "node-3");
      assertThat(pods.preferred(slow, 1)).isEqualTo(MockNodes.RACK + "=rack-a");
    }
  }

  private UpProcess up(MockCluster cluster, String... options) throws IOException {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("--kubeconfig", cluster.kubeconfig(folder).toString(), "--context", "mock"));
    all.addAll(List.of("--set", "executor.kubernetes.schedulePatience=20s"));
    all.addAll(List.of(options));
    UpProcess up = new UpProcess(folder, all.toArray(String[]::new));
    Path rules = Files.writeString(folder.resolve("rules.yaml"), RULES);
    for (Path file :
        List.of(
            DEMO.resolve("categories.yaml"),
            DEMO.resolve("policies.yaml"),
            DEMO.resolve("queues.yaml"),
            rules)) {
      up.run("apply", "--wait", "-f", file.toString());
    }
    return up;
  }

  /** All grows by what the two failures asked for, and by nothing else. */
  private static void slowJobsPods(MadePods pods, String job) {
    assertThat(pods.spec(job, 0).getActiveDeadlineSeconds()).isEqualTo(30);
    assertThat(pods.amounts(job, 0, "cpu")).containsExactly("0.3", "0.4");
    assertThat(pods.spec(job, 1).getActiveDeadlineSeconds()).isEqualTo(45);
    assertThat(pods.amounts(job, 1, "cpu")).containsExactly("0.6", "0.8");
    assertThat(pods.amounts(job, 1, "ephemeral-storage")).containsOnly(MadePods.gi(1));
    assertThat(pods.spec(job, 1).getAffinity()).isNull();
    assertThat(pods.spec(job, 2).getActiveDeadlineSeconds()).isEqualTo(45);
    assertThat(pods.amounts(job, 2, "cpu")).containsExactly("0.6", "0.8");
    assertThat(pods.amounts(job, 2, "ephemeral-storage")).containsOnly(MadePods.gi(1.5));
    assertThat(pods.memory(job, 2)).isEqualTo("64 64, init 48");
    assertThat(pods.preferred(job, 2)).isEqualTo("metadata.name=node-1");
    assertThat(pods.nodeAffinity(job, 2).getRequiredDuringSchedulingIgnoredDuringExecution())
        .isNull();
  }

  /** The run that could not be started is a returned lease, and counts for nothing. */
  private static void theCauseIsKeptWhereANameIsTaken(UpProcess up, String job) throws IOException {
    List<JsonNode> failures = new ArrayList<>();
    up.ask("get", "failures", "--job-id", job).path("items").forEach(failures::add);
    assertThat(failures)
        .extracting(f -> f.path("runIndex").asInt() + " " + f.path("kind").asText())
        .containsExactlyInAnyOrder("0 PodFailed", "1 LeaseReturned", "2 PodFailed");
    String returned =
        failures.stream()
            .filter(f -> f.path("kind").asText().equals("LeaseReturned"))
            .map(f -> f.path("failureId").asText())
            .findFirst()
            .orElseThrow();
    assertThat(up.ask("get", "failure", returned).toString())
        .contains("is taken by a pod that is not ours");
    JsonNode ended = up.ask("get", "job", job);
    assertThat(ended.findValue("reason").asText()).isEqualTo("MaxRunsExceeded");
    assertThat(ended.findValue("failureInfo").path("category").asText()).isEqualTo("transient");
    assertThat(ended.findValue("message").asText())
        .startsWith("Retry policy: policy retry limit exceeded (1/1)\n")
        .contains("exit code 75");
  }

  private String submit(UpProcess up, String queue, String ends, String memory) throws IOException {
    Path file = Files.createTempFile(folder, "job", ".yaml");
    Files.writeString(file, JOB.formatted(queue, '"' + ends + '"', memory, memory));
    return up.ask("submit", "-f", file.toString()).findValue("jobId").asText();
  }

  private static List<String> names(MockCluster cluster) {
    return cluster.pods().stream().map(pod -> pod.getMetadata().getName()).toList();
  }

  private static List<String> podNames(UpProcess up, String job) throws IOException {
    return up.ask("get", "runs", job).findValuesAsText("podName");
  }

  /** The nodes of a job's runs, in turn; empty for one that came to none. */
  private static List<String> nodes(UpProcess up, String job) throws IOException {
    List<String> nodes = new ArrayList<>();
    up.ask("get", "runs", job).path("items").forEach(run -> nodes.add(run.path("node").asText()));
    return nodes;
  }
}
