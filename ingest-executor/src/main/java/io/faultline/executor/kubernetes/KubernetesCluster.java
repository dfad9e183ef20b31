package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.faultline.executor.cluster.Cluster;
import io.faultline.executor.cluster.Observation;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodRefused;
import io.faultline.executor.cluster.PodRefused.Why;
import io.faultline.executor.cluster.Room;
import io.faultline.executor.cluster.StopCause;
import io.faultline.executor.pod.PodSpecException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Runs runs as pods. All that must outlive this object stands on the pods; a new one with the same
 * executor id finds them all again.
 */
public final class KubernetesCluster implements Cluster {

  private static final Duration FIRST_LIST = Duration.ofMinutes(1);

  private final KubernetesSettings settings;
  private final KubernetesClient client;
  private final Clock clock;
  private final PodApi api;
  private final PodMaker maker;
  private final PodCreation creation;
  private final Map<String, TrackedPod> runs = new ConcurrentHashMap<>();
  private final Looks looks;
  private final PodWatch watch;

  /**
   * Connects and finds what is there; nothing is made yet.
   *
   * @throws IOException where the API server can't be reached or refuses us; the message says why
   */
  public KubernetesCluster(KubernetesSettings settings) throws IOException {
    this(settings, Clients.open(settings), Clock.systemUTC());
  }

  KubernetesCluster(KubernetesSettings settings, KubernetesClient client, Clock clock)
      throws IOException {
    this.settings = settings;
    this.client = client;
    this.clock = clock;
    this.api = new PodApi(client, settings.pressure().queriesPerSecond());
    this.maker = new PodMaker(settings.executor(), client.getKubernetesSerialization());
    this.creation = new PodCreation(api, settings.executor());
    this.looks = new Looks(runs);
    try {
      this.watch = PodWatch.begin(client, settings, FIRST_LIST, this::seen, this::gone);
    } catch (IOException e) {
      looks.close();
      client.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return settings.cluster();
  }

  @Override
  public Room capacity() {
    return settings.capacity();
  }

  @Override
  public Room room() {
    Room room = settings.capacity();
    for (TrackedPod run : runs.values()) {
      if (!run.ended) {
        room = room.minus(run.needs());
      }
    }
    return room;
  }

  @Override
  public Room needs(PodOrder order) throws PodRefused {
    return maker.needs(order);
  }

  @Override
  public void create(PodOrder order) throws PodRefused {
    String namespace = order.spec().namespace();
    if (!settings.namespaces().isEmpty() && !settings.namespaces().contains(namespace)) {
      throw new PodRefused(
          Why.NOT_NOW,
          "namespace '"
              + namespace
              + "'; allowed here: "
              + String.join(", ", settings.namespaces()));
    }
    TrackedPod run = new TrackedPod(order.runId(), maker.needs(order));
    TrackedPod known = runs.putIfAbsent(order.runId(), run);
    if (known != null) {
      return;
    }
    try {
      seen(creation.make(maker.make(order)));
    } catch (PodRefused e) {
      // made after all, as the watch says?
      if (run.latest() == null) {
        runs.remove(order.runId(), run);
        throw e;
      }
    }
  }

  /** Takes what the API server says of a pod, in whatever order it says it. */
  void seen(Pod pod) {
    PodMarks.run(pod, settings.executor())
        .map(runId -> runs.computeIfAbsent(runId, id -> found(id, pod)))
        .filter(run -> run.update(pod))
        .ifPresent(looks::soon);
  }

  private static TrackedPod found(String runId, Pod pod) {
    TrackedPod run = new TrackedPod(runId, needs(pod));
    run.ended = new PodView(pod).terminal();
    return run;
  }

  private static Room needs(Pod pod) {
    try {
      return pod.getSpec() == null ? new Room(1, 0, 0) : PodResources.needs(pod.getSpec());
    } catch (PodSpecException e) {
      return new Room(1, 0, 0); // edited by hand; it runs all the same
    }
  }

  private void gone(Pod pod) {
    TrackedPod run = PodMarks.run(pod, settings.executor()).map(runs::get).orElse(null);
    if (run != null) {
      run.gone(pod);
      looks.soon(run);
      forget(run);
    }
  }

  /** What is gone is remembered until its end is reported: until then it may not be made again. */
  private void forget(TrackedPod run) {
    if (run.gone() && (run.reported || run.unwanted)) {
      runs.remove(run.runId(), run);
    }
  }

  @Override
  public Set<String> runs() {
    return runs.values().stream()
        .filter(run -> !run.unwanted)
        .map(TrackedPod::runId)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void watch(Consumer<Observation> observer) {
    looks.begin(
        new PodKeeper(
            settings,
            api,
            new FateReader(settings.patience()),
            new PodEvidence(client.getKubernetesSerialization(), settings.messages()),
            clock,
            observer));
  }

  @Override
  public void stop(String runId, StopCause cause) {
    TrackedPod run = runs.get(runId);
    if (run != null && !run.ended && run.stop != StopCause.LEASE_LOST) {
      run.stop = cause;
      looks.soon(run);
    }
  }

  @Override
  public void reported(String runId) {
    TrackedPod run = runs.get(runId);
    if (run != null) {
      run.reported = true;
      looks.soon(run);
      forget(run);
    }
  }

  @Override
  public void delete(String runId) {
    TrackedPod run = runs.get(runId);
    if (run != null && run.ended) {
      run.unwanted = true;
      looks.soon(run);
      forget(run);
    }
  }

  @Override
  public void close() {
    watch.close();
    looks.close();
    client.close();
  }
}
