package io.faultline.cli.up;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A mock API server, its scheduler, and the kubelet of its nodes: it plays the end that the last
 * word of a pod's command names. Words with commas between are the ends of a job's runs in turn,
 * the last one that of all further runs. With a word that names none it runs until it is deleted.
 */
final class MockCluster implements AutoCloseable {

  /** Where a pod goes that asks for nothing. */
  static final String NODE = "node-1";

  /** Behind an exit code: the name of the next run's pod is taken before this one fails. */
  static final String NAME_TAKEN = "-and-name-taken";

  /** Behind an exit code: it ends with that when it is deleted, and runs until then. */
  static final String WHEN_STOPPED = "-when-stopped";

  private static final String RUN_INDEX = "faultline.io/run-index";

  private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

  private final KubernetesMockServer server;
  private final KubernetesClient client;
  private final Thread kubelet = new Thread(this::run, "kubelet");
  private final Map<String, Pod> made = new ConcurrentHashMap<>();
  private volatile boolean closed;

  MockCluster() {
    SERVER_LOG.setLevel(Level.WARNING); // it tells of each request
    server =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            new HashMap<>(),
            new KubernetesMixedDispatcher(new HashMap<>()),
            false);
    server.init();
    client = server.createClient();
    MockNodes.create(client);
    kubelet.start();
  }

  /** Writes the file that leads here. */
  Path kubeconfig(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig.yaml"),
        """
        apiVersion: v1
        kind: Config
        current-context: other
        clusters:
          - {name: mock, cluster: {server: "%s"}}
          - {name: nowhere, cluster: {server: "http://127.0.0.1:1/"}}
        users: [{name: tester, user: {token: secret}}]
        contexts:
          - {name: mock, context: {cluster: mock, user: tester}}
          - {name: other, context: {cluster: nowhere, user: tester}}
        """
            .formatted(server.url("/")));
  }

  /** All pods, of whatever namespace. */
  List<Pod> pods() {
    return client.pods().inAnyNamespace().list().getItems();
  }

  /** A pod as it was made, also one that has gone; null where there was none. */
  Pod made(String name) {
    return made.get(name);
  }

  private void run() {
    while (!closed) {
      for (Pod pod : pods()) {
        try {
          play(pod);
        } catch (KubernetesClientException e) {
          // it has changed or gone meanwhile: the next look will tell
        }
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void play(Pod pod) {
    if (!pod.getMetadata().getLabels().containsKey(RUN_INDEX)) {
      return; // someone else's
    }
    made.putIfAbsent(pod.getMetadata().getName(), pod);
    String end = end(pod);
    boolean ended =
        pod.getStatus() != null
            && List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase());
    if (ended) {
      return;
    }
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      if (!end.equals("stuck") && !end.equals("lost")) {
        boolean ran = pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase());
        status(
            pod,
            ran
                ? PodStatuses.terminated(codeWhenStopped(end), "Error", "")
                : PodStatuses.terminated(137, "ContainerStatusUnknown", "could not be located"));
      }
    } else if (end.equals("unschedulable") || MockNodes.of(pod).isEmpty()) {
      status(pod, PodStatuses.condition("Pending", "PodScheduled", "Unschedulable"));
    } else if (pod.getSpec().getNodeName() == null) {
      String node = MockNodes.of(pod).get();
      client
          .resource(pod)
          .edit(p -> new PodBuilder(p).editSpec().withNodeName(node).endSpec().build());
      if (end.endsWith(NAME_TAKEN)) {
        takeNextName(pod);
        end = end.substring(0, end.length() - NAME_TAKEN.length());
      }
      status(pod, begin(end));
      whileRunning(pod, end);
    }
  }

  private static int runIndex(Pod pod) {
    return Integer.parseInt(pod.getMetadata().getLabels().get(RUN_INDEX));
  }

  private static String end(Pod pod) {
    List<String> command = pod.getSpec().getContainers().get(0).getCommand();
    String[] ends = command.get(command.size() - 1).split(",");
    return ends[Math.min(runIndex(pod), ends.length - 1)];
  }

  private static int codeWhenStopped(String end) {
    return end.endsWith(WHEN_STOPPED) ? Integer.parseInt(end.replace(WHEN_STOPPED, "")) : 143;
  }

  private void takeNextName(Pod pod) {
    String name = pod.getMetadata().getName();
    Pod foreign =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(pod.getMetadata().getNamespace())
            .withName(name.substring(0, name.lastIndexOf('-') + 1) + (runIndex(pod) + 1))
            .addToLabels("app", "another")
            .endMetadata()
            .withSpec(pod.getSpec())
            .build();
    client.resource(foreign).create();
  }

  private static PodStatus begin(String end) {
    return switch (end) {
      case "oom" -> PodStatuses.terminated(137, "OOMKilled", "");
      case "evicted" -> PodStatuses.failed("Evicted", "The node was low on resource: memory.");
      case "deadline" -> PodStatuses.failed("DeadlineExceeded", "");
      case "rejected" ->
          PodStatuses.failed("UnexpectedAdmissionError", "Allocate failed due to no GPU");
      case "preempted" ->
          PodStatuses.condition("Failed", "DisruptionTarget", "PreemptionByScheduler");
      case "no-image" -> PodStatuses.waiting("ImagePullBackOff");
      case "no-volume" -> PodStatuses.waiting("ContainerCreating");
      case "bad-config" -> PodStatuses.waiting("CreateContainerConfigError");
      case "bad-image" -> PodStatuses.waiting("InvalidImageName");
      default ->
          end.matches("\\d+")
              ? PodStatuses.terminated(Integer.parseInt(end), "Error", "exit " + end)
              : PodStatuses.running();
    };
  }

  private void whileRunning(Pod pod, String end) {
    switch (end) {
      case "vanishes" -> {
        at(pod).edit(p -> new PodBuilder(p).editMetadata().withFinalizers().endMetadata().build());
        at(pod).delete();
      }
      case "deleted", "stuck" -> at(pod).delete();
      case "lost" -> {
        at(pod).delete();
        status(pod, PodStatuses.condition("Running", "DisruptionTarget", "DeletionByTaintManager"));
      }
      default -> {
        // it has ended already, or waits
      }
    }
  }

  private PodResource at(Pod pod) {
    return client
        .pods()
        .inNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName());
  }

  /** Has the kubelet say this of a pod. */
  void status(Pod pod, PodStatus status) {
    at(pod).editStatus(p -> new PodBuilder(p).withStatus(status).build());
  }

  @Override
  public void close() {
    closed = true;
    try {
      kubelet.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.close();
    server.destroy();
  }
}
