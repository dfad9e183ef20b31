package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.watched.WatchedFailure;
import io.faultline.executor.cluster.Cluster;
import io.faultline.executor.cluster.Observation;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodRefused;
import io.faultline.executor.cluster.PodRefused.Why;
import io.faultline.executor.cluster.Room;
import io.faultline.executor.cluster.StopCause;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
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
  private final Backoff backoff;
  private final Headroom headroom;
  private final Map<String, TrackedPod> runs = new ConcurrentHashMap<>();
  private final Looks looks;
  private final ObjectWatch<Pod> watch;

  /**
   * Connects and finds what is there; nothing is made yet.
   *
   * @throws IOException where the API server can't be reached or refuses us; the message says why
   */
  public KubernetesCluster(KubernetesSettings settings) throws IOException {
    this(settings, backoff(settings));
  }

  private KubernetesCluster(KubernetesSettings settings, Backoff backoff) throws IOException {
    this(settings, Clients.open(settings, backoff), backoff, Clock.systemUTC());
  }

  KubernetesCluster(
      KubernetesSettings settings, KubernetesClient client, Backoff backoff, Clock clock)
      throws IOException {
    this.settings = settings;
    this.client = client;
    this.clock = clock;
    this.backoff = backoff;
    this.headroom = new Headroom(settings, backoff);
    this.api = new PodApi(client, settings.pressure().queriesPerSecond(), backoff);
    this.maker =
        new PodMaker(
            settings.executor(), nodes(settings, api), client.getKubernetesSerialization());
    this.looks = new Looks(runs);
    try {
      this.watch =
          ObjectWatch.begin(
              ObjectWatch.Kind.pods(client),
              settings.namespaces(),
              PodMarks.EXECUTOR + "=" + PodMarks.label(settings.executor()),
              FIRST_LIST,
              new ObjectWatch.Told<>(pod -> {}, this::seen, this::gone));
    } catch (IOException e) {
      looks.close();
      client.close();
      throw e;
    }
  }

  private static OtherNodes nodes(KubernetesSettings settings, PodApi api) {
    String label = settings.nodeLabel();
    return label.isEmpty() ? OtherNodes.BY_NAME : new OtherNodes(label, new NodeLabels(api, label));
  }

  static Backoff backoff(KubernetesSettings settings) {
    return new Backoff(
        settings.pressure().firstBackoff(),
        settings.pressure().longestBackoff(),
        System::nanoTime,
        ThreadLocalRandom.current()::nextDouble);
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
    return headroom.beside(runs.values(), watch.sees());
  }

  @Override
  public Room roomTogether() {
    return headroom.left(runs.values());
  }

  @Override
  public Room needs(PodOrder order) throws PodRefused {
    checkNamespace(order);
    return PodMaker.needs(maker.make(order));
  }

  private void checkNamespace(PodOrder order) throws PodRefused {
    String namespace = order.spec().namespace();
    if (!settings.namespaces().isEmpty() && !settings.namespaces().contains(namespace)) {
      throw new PodRefused(
          Why.NOT_NOW,
          "namespace '"
              + namespace
              + "'; allowed here: "
              + String.join(", ", settings.namespaces()));
    }
  }

  @Override
  public void create(PodOrder order) throws PodRefused {
    checkNamespace(order);
    if (runs.containsKey(order.runId())) {
      return;
    }
    Pod pod = maker.make(order);
    TrackedPod run = new TrackedPod(order.runId(), PodMaker.needs(pod), pod);
    if (runs.putIfAbsent(order.runId(), run) == null) {
      looks.soon(run);
    }
  }

  @Override
  public Duration backoff() {
    return backoff.left();
  }

  /** Takes what the API server says of a pod, in whatever order it says it. */
  void seen(Pod pod) {
    PodMarks.run(pod, settings.executor())
        .map(runId -> runs.computeIfAbsent(runId, id -> TrackedPod.found(id, pod)))
        .ifPresent(
            run -> {
              run.watched();
              if (run.update(pod)) {
                looks.soon(run);
              }
            });
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
    PodKeeper keeper =
        new PodKeeper(
            new PodCreation(api, settings, clock, observer),
            new PodTeller(new PodEvents(api, settings.pressure()), evidence(), observer),
            new PodEnding(api, settings),
            new FateReader(settings.patience()),
            clock);
    looks.begin(keeper::look);
  }

  private PodEvidence evidence() {
    return new PodEvidence(client.getKubernetesSerialization(), settings.messages());
  }

  /**
   * Watches pods that others made. Nothing is asked for but their states and events.
   *
   * @param errors gets each failure, and again where it throws; one may come again anyway
   * @throws IOException where they may not be listed, or that takes too long
   */
  public OtherPods watchOthers(OthersSettings which, Consumer<JobError> errors) throws IOException {
    return OtherPods.begin(
        client,
        which,
        new OthersReader(
            which,
            settings,
            new PodEvents(api, settings.pressure()),
            evidence(),
            new FateReader(settings.patience())),
        clock,
        errors);
  }

  /**
   * Watches Jobs that others made, and their JobSets. Nothing is asked for but their states.
   *
   * @param failures gets Jobs that failed, and the same again where it throws; one may come again
   *     anyway
   * @throws IOException where they may not be listed, or that takes too long
   */
  public OtherJobs watchJobs(OthersSettings which, Consumer<List<WatchedFailure>> failures)
      throws IOException {
    return OtherJobs.begin(client, api, which, settings, clock, failures);
  }

  @Override
  public void stop(String runId, StopCause cause, String why) {
    TrackedPod run = runs.get(runId);
    if (run == null || run.ended || run.stop == StopCause.LEASE_LOST) {
      return;
    }
    if (run.stop == null || cause != StopCause.PREEMPTED) {
      run.stopWhy = why;
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
