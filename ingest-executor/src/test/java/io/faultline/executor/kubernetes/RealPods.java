package io.faultline.executor.kubernetes;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.faultline.executor.cluster.Driver;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodOrders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs on a real cluster: shell scripts in a small image, told by a file in their container. */
final class RealPods implements Driver, AutoCloseable {

  /** An image may have to be pulled first. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final String IMAGE = "busybox:1.37";

  private final KubernetesClient client;

  RealPods(Path kubeconfig) {
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
            .build();
  }

  /** The cluster's nodes, by name. */
  List<String> nodes() {
    return client.nodes().list().getItems().stream().map(RealPods::name).toList();
  }

  private static String name(Node node) {
    return node.getMetadata().getName();
  }

  @Override
  public String waits(String containerFields) {
    return inImage(
        PodOrders.shell(
            "trap 'exit 143' TERM; while [ ! -e /tmp/told ]; do sleep 0.1; done;"
                + " exit $(cat /tmp/told)",
            containerFields,
            ""));
  }

  @Override
  public String deaf(String podFields) {
    return inImage(PodOrders.shell("trap '' TERM; while :; do sleep 0.1; done", "", podFields));
  }

  private static String inImage(String podSpec) {
    return podSpec.replace("\"app:1\"", PodOrders.json(IMAGE));
  }

  @Override
  public void end(PodOrder order, int exitCode) throws Exception {
    await().atMost(PATIENCE).until(() -> starts(order) > 0);
    try (ExecWatch told =
        pod(order).redirectingError().exec("sh", "-c", "echo " + exitCode + " > /tmp/told")) {
      told.exitCode().get();
    }
    await()
        .atMost(PATIENCE)
        .until(
            () -> List.of("Succeeded", "Failed").contains(pod(order).get().getStatus().getPhase()));
  }

  @Override
  public String variable(PodOrder order, String name) throws Exception {
    await().atMost(PATIENCE).until(() -> starts(order) > 0);
    try (ExecWatch asked =
        pod(order).redirectingOutput().exec("sh", "-c", "echo -n \"$" + name + "\"")) {
      asked.exitCode().get();
      return new String(asked.getOutput().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public int starts(PodOrder order) {
    Pod pod = pod(order).get();
    return pod == null
        ? 0
        : pod.getStatus().getContainerStatuses().stream()
            .mapToInt(
                s ->
                    s.getState().getRunning() == null && s.getState().getTerminated() == null
                        ? 0
                        : 1 + s.getRestartCount())
            .sum();
  }

  private PodResource pod(PodOrder order) {
    return client.pods().inNamespace(order.spec().namespace()).withName(order.request().podName());
  }

  @Override
  public void close() {
    client.close();
  }
}
