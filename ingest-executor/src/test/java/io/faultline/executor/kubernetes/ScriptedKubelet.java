package io.faultline.executor.kubernetes;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.faultline.executor.cluster.Driver;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodOrders;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Scheduler and kubelet of the only node of a mock cluster. By itself it starts every pod that may
 * run there, and ends what is being deleted; a test may take a pod over and script it.
 */
public final class ScriptedKubelet implements Driver, AutoCloseable {

  static final String NODE = "node-1";

  private static final String LASTS = "LASTS";
  private static final String CODE = "CODE";

  private final KubernetesClient client;
  private final Map<String, Integer> starts = new ConcurrentHashMap<>();
  private final Map<String, Boolean> scripted = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::run, "scripted-kubelet");
  private volatile boolean idle;
  private volatile boolean closed;

  /** Begins. */
  public ScriptedKubelet(KubernetesClient client) {
    this.client = client;
    thread.setDaemon(true);
    thread.start();
  }

  /** From now on no pod is touched unless a test says so. */
  void onlyScripts() {
    idle = true;
  }

  private void run() {
    while (!closed) {
      try {
        if (!idle) {
          client.pods().inAnyNamespace().list().getItems().forEach(this::look);
        }
        Thread.sleep(20);
      } catch (InterruptedException e) {
        return;
      } catch (KubernetesClientException e) {
        // the pod has changed or gone meanwhile, or the server is away: the next look will tell
      }
    }
  }

  private synchronized void look(Pod pod) {
    PodView view = new PodView(pod);
    if (view.terminal() || scripted.containsKey(pod.getMetadata().getName())) {
      return;
    }
    if (view.deleted()) {
      if (!view.node().isEmpty()) {
        status(pod, terminated(143, "Error", ""));
      }
    } else if (avoidsNode(pod)) {
      status(pod, unschedulable());
    } else if (!view.phase().equals("Running")) {
      start(pod);
    } else {
      variable(pod, LASTS)
          .map(Long::parseLong)
          .filter(
              lasts -> view.firstStarted().orElseThrow().plusMillis(lasts).isBefore(Instant.now()))
          .ifPresent(over -> exit(pod, variable(pod, CODE).map(Integer::parseInt).orElseThrow()));
    }
  }

  private void exit(Pod pod, int code) {
    status(pod, terminated(code, code == 0 ? "Completed" : "Error", ""));
  }

  private static Optional<String> variable(Pod pod, String name) {
    return pod.getSpec().getContainers().get(0).getEnv().stream()
        .filter(variable -> variable.getName().equals(name))
        .map(EnvVar::getValue)
        .findFirst();
  }

  /** A pod spec whose run ends by itself after this time, with this code. */
  public static String ends(Duration lasts, int code) {
    return PodOrders.shell(
        "exec sleep 600",
        ",\"env\":[{\"name\":\"LASTS\",\"value\":\"%d\"},{\"name\":\"CODE\",\"value\":\"%d\"}]"
            .formatted(lasts.toMillis(), code),
        "");
  }

  /** The names of the pods that are there. */
  public List<String> pods() {
    return client.pods().inAnyNamespace().list().getItems().stream()
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }

  /** How often each pod has been started. */
  public Collection<Integer> started() {
    return starts.values();
  }

  private static boolean avoidsNode(Pod pod) {
    return pod.getSpec().getAffinity() != null
        && pod
            .getSpec()
            .getAffinity()
            .getNodeAffinity()
            .getRequiredDuringSchedulingIgnoredDuringExecution()
            .getNodeSelectorTerms()
            .stream()
            .allMatch(t -> t.getMatchFields().stream().anyMatch(f -> f.getValues().contains(NODE)));
  }

  /** Takes a pod over. */
  synchronized void script(PodOrder order) {
    scripted.put(order.request().podName(), true);
  }

  /** Puts a pod on the node. */
  Pod bind(Pod pod) {
    return client
        .resource(pod)
        .edit(p -> new PodBuilder(p).editSpec().withNodeName(NODE).endSpec().build());
  }

  void start(Pod pod) {
    bind(pod);
    status(
        pod,
        status("Running")
            .addToContainerStatuses(
                new ContainerStatusBuilder()
                    .withName("main")
                    .withState(
                        new ContainerStateBuilder()
                            .withNewRunning(Instant.now().toString())
                            .build())
                    .build())
            .build());
    starts.merge(pod.getMetadata().getName(), 1, Integer::sum);
  }

  static PodStatusBuilder status(String phase) {
    return new PodStatusBuilder().withPhase(phase);
  }

  static PodStatus unschedulable() {
    return status("Pending")
        .addNewCondition()
        .withType("PodScheduled")
        .withStatus("False")
        .withReason("Unschedulable")
        .withMessage("0/1 nodes are available")
        .withLastTransitionTime("2026-01-01T00:00:00Z")
        .endCondition()
        .build();
  }

  static PodStatus terminated(int code, String reason, String message) {
    return status(code == 0 ? "Succeeded" : "Failed")
        .addToContainerStatuses(
            new ContainerStatusBuilder()
                .withName("main")
                .withState(
                    new ContainerStateBuilder()
                        .withNewTerminated()
                        .withExitCode(code)
                        .withReason(reason)
                        .withMessage(message)
                        .withStartedAt(Instant.now().minusSeconds(1).toString())
                        .withFinishedAt(Instant.now().toString())
                        .endTerminated()
                        .build())
                .build())
        .build();
  }

  static PodStatus waiting(String reason, String message) {
    return status("Pending")
        .addNewCondition()
        .withType("PodScheduled")
        .withStatus("True")
        .withLastTransitionTime("2026-01-01T00:00:00Z")
        .endCondition()
        .addToContainerStatuses(
            new ContainerStatusBuilder()
                .withName("main")
                .withState(new ContainerStateBuilder().withNewWaiting(message, reason).build())
                .build())
        .build();
  }

  Pod pod(PodOrder order) {
    return client
        .pods()
        .inNamespace(order.spec().namespace())
        .withName(order.request().podName())
        .get();
  }

  /** Writes a status as it is. */
  synchronized void status(Pod pod, PodStatus status) {
    client
        .pods()
        .inNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName())
        .editStatus(p -> new PodBuilder(p).withStatus(status).build());
  }

  /** Changes anything of a pod. */
  synchronized void edit(PodOrder order, UnaryOperator<Pod> change) {
    client.resource(pod(order)).edit(change);
  }

  /** A pod that is somebody else's. */
  void foreign(PodOrder order) {
    client
        .resource(
            new PodBuilder()
                .withMetadata(
                    new ObjectMetaBuilder()
                        .withName(order.request().podName())
                        .withNamespace(order.spec().namespace())
                        .build())
                .withNewSpec()
                .endSpec()
                .build())
        .create();
  }

  @Override
  public String waits(String containerFields) {
    return PodOrders.shell("exec sleep 600", containerFields, "");
  }

  @Override
  public String deaf(String podFields) {
    return PodOrders.shell("exec sleep 600", "", podFields);
  }

  @Override
  public void end(PodOrder order, int exitCode) {
    await().until(() -> starts(order) > 0);
    exit(pod(order), exitCode);
  }

  @Override
  public String variable(PodOrder order, String name) {
    await().until(() -> starts(order) > 0);
    Pod pod = pod(order);
    if (name.equals("HOSTNAME")) {
      String hostname = pod.getSpec().getHostname();
      return hostname == null ? pod.getMetadata().getName() : hostname;
    }
    return pod.getSpec().getContainers().get(0).getEnv().stream()
        .filter(variable -> variable.getName().equals(name))
        .map(variable -> value(pod, variable))
        .findFirst()
        .orElse("");
  }

  private static String value(Pod pod, EnvVar variable) {
    if (variable.getValueFrom() == null) {
      return variable.getValue();
    }
    String path = variable.getValueFrom().getFieldRef().getFieldPath();
    String key = path.substring(path.indexOf('\'') + 1, path.lastIndexOf('\''));
    return path.startsWith("metadata.labels")
        ? pod.getMetadata().getLabels().get(key)
        : pod.getMetadata().getAnnotations().get(key);
  }

  @Override
  public int starts(PodOrder order) {
    return starts.getOrDefault(order.request().podName(), 0);
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.close();
  }
}
