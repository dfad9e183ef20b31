package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.faultline.domain.evidence.JobError;
import io.faultline.executor.kubernetes.OthersSettings.Mapping;
import io.faultline.executor.kubernetes.TrackedPod.Told;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches pods that others made and tells of their failures; it writes nothing to them. What was
 * told is remembered nowhere else, so that after a restart failures whose pods are still there are
 * told again, with the same ids.
 */
public final class OtherPods implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(OtherPods.class);
  private static final Duration FIRST_LIST = Duration.ofMinutes(1);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** The longest between two looks at a pod of which nothing is new. */
  private static final long QUIET_MILLIS = 20_000;

  private final OthersSettings which;
  private final OthersReader reader;
  private final Clock clock;
  private final Consumer<JobError> errors;
  private final Map<String, OthersRun> runs = new ConcurrentHashMap<>();
  private final Map<String, TrackedPod> pods = new ConcurrentHashMap<>();
  private final RunOrder order = new RunOrder();
  private final Looks looks = new Looks(pods);
  private final List<ObjectWatch<Pod>> watches = new ArrayList<>();

  private OtherPods(
      OthersSettings which, OthersReader reader, Clock clock, Consumer<JobError> errors) {
    this.which = which;
    this.reader = reader;
    this.clock = clock;
    this.errors = errors;
  }

  /** Lists what is there and begins to tell. */
  static OtherPods begin(
      KubernetesClient client,
      OthersSettings which,
      OthersReader reader,
      Clock clock,
      Consumer<JobError> errors)
      throws IOException {
    OtherPods others = new OtherPods(which, reader, clock, errors);
    ObjectWatch.Told<Pod> told = new ObjectWatch.Told<>(others::listed, others::seen, others::gone);
    try {
      for (String selector : which.mappings().stream().map(others::selector).distinct().toList()) {
        others.watches.add(
            ObjectWatch.begin(
                ObjectWatch.Kind.pods(client), which.namespaces(), selector, FIRST_LIST, told));
      }
    } catch (IOException e) {
      others.close();
      throw e;
    }
    others.looks.begin(others::look); // not before all are known, for the order of a job's runs
    return others;
  }

  private String selector(Mapping mapping) {
    return Stream.concat(mapping.jobId().requiredLabel().stream(), Stream.of(which.selector()))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(","));
  }

  /** How many pods are watched now. */
  public int count() {
    return pods.size();
  }

  private void listed(Pod pod) {
    OthersRun.of(pod, which)
        .filter(run -> runs.putIfAbsent(run.uid(), run) == null)
        .ifPresent(run -> order.made(run.job().jobId(), run.uid(), run.made()));
  }

  private void seen(Pod pod) {
    String uid = PodView.text(pod.getMetadata().getUid());
    if (runs.containsKey(uid)) {
      TrackedPod tracked = pods.computeIfAbsent(uid, id -> TrackedPod.found(id, pod));
      if (tracked.update(pod)) {
        looks.soon(tracked);
      }
    }
  }

  private void gone(Pod pod) {
    TrackedPod tracked = pods.get(PodView.text(pod.getMetadata().getUid()));
    if (tracked != null) {
      tracked.gone(pod);
      looks.soon(tracked);
    }
  }

  private void look(TrackedPod pod) {
    OthersRun run = runs.get(pod.runId());
    Pod latest = pod.latest();
    if (run == null || latest == null) {
      return;
    }
    PodView view = new PodView(latest);
    pod.notBefore(quiet(view));
    if (pod.told != Told.END && ended(pod, view, run)) {
      pod.told = Told.END;
    }
    if (pod.told == Told.END && pod.gone()) {
      pods.remove(pod.runId(), pod);
      runs.remove(pod.runId());
    }
  }

  /** Only a pod that is being deleted comes to another end by time alone. */
  private static Duration quiet(PodView view) {
    return view.deleted() && !view.terminal()
        ? AGAIN
        : Duration.ofMillis(ThreadLocalRandom.current().nextLong(QUIET_MILLIS / 2, QUIET_MILLIS));
  }

  /** Whether it has ended and nothing is left to be told. */
  private boolean ended(TrackedPod pod, PodView view, OthersRun run) {
    Instant now = clock.instant();
    PodFate fate = reader.fate(pod, view, now);
    if (!(fate instanceof PodFate.Failed bad) || !reader.counts(bad, now)) {
      return fate.isEnd();
    }
    int index = order.index(run.job().jobId(), run.uid(), run.made());
    Optional<JobError> error = reader.error(pod, view, run, index, bad);
    if (error.isEmpty()) {
      return false;
    }
    try {
      errors.accept(error.get());
      return true;
    } catch (RuntimeException e) {
      pod.notBefore(AGAIN);
      log.atWarn()
          .setMessage("the failure of a pod that others made is published again later")
          .addKeyValue("runId", run.uid())
          .addKeyValue("jobId", run.job().jobId())
          .addKeyValue("problem", e.toString())
          .log();
      return false;
    }
  }

  @Override
  public void close() {
    watches.forEach(ObjectWatch::close);
    looks.close();
  }
}
