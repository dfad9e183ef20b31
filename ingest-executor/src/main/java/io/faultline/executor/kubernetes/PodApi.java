package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that is asked of the API server, each thing once: who asks, asks again, after the pause that
 * all requests share. Every method may throw {@link KubernetesClientException}.
 */
final class PodApi {

  private static final long PAGE = 500;
  private static final int MOST_PAGES = 20;
  private static final int BUSY = 429;

  /** What is asked for is not there. */
  static final int NOT_FOUND = 404;

  /** A token that has expired; the client reads a new one where there is one. */
  private static final int UNKNOWN_TO_IT = 401;

  private final KubernetesClient client;
  private final Pace pace;
  private final Backoff backoff;

  PodApi(KubernetesClient client, int queriesPerSecond, Backoff backoff) {
    this.client = client;
    this.pace = new Pace(queriesPerSecond);
    this.backoff = backoff;
  }

  /** What is left of the pause in which nothing is to be asked. */
  Duration pause() {
    return backoff.left();
  }

  /**
   * Whether a run must wait, since nothing is to be asked now; if so it is looked at afterwards.
   */
  boolean waits(TrackedPod run) {
    Duration pause = pause();
    if (pause.isZero()) {
      return false;
    }
    run.notBefore(pause);
    return true;
  }

  /** Whether the server, not the request, is at fault, so that it may be tried again. */
  static boolean passes(KubernetesClientException problem) {
    return inDoubt(problem) || problem.getCode() == BUSY || problem.getCode() == UNKNOWN_TO_IT;
  }

  /** Whether it may have been done all the same. */
  static boolean inDoubt(KubernetesClientException problem) {
    return problem.getCode() == 0 || problem.getCode() >= 500;
  }

  private <T> T ask(boolean makes, Supplier<T> request) {
    try {
      pace.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("interrupted", e);
    }
    long began = backoff.now();
    try {
      T answer = request.get();
      backoff.served(began, makes);
      return answer;
    } catch (KubernetesClientException e) {
      if (passes(e)) {
        backoff.pressed(began, makes, e.toString());
      } else {
        backoff.served(began, makes);
      }
      throw e;
    }
  }

  private PodResource at(Pod pod) {
    return client
        .pods()
        .inNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName());
  }

  Pod create(Pod pod) {
    return ask(true, () -> client.resource(pod).create());
  }

  /** The pod of this name; empty where there is none. */
  Optional<Pod> find(Pod named) {
    return ask(false, () -> Optional.ofNullable(at(named).get()));
  }

  /** The node of this name; empty where there is none. */
  Optional<Node> node(String name) {
    return ask(false, () -> Optional.ofNullable(client.nodes().withName(name).get()));
  }

  /** Whether objects of a kind can be listed; false where the server knows no such kind. */
  boolean lists(ResourceDefinitionContext kind, List<String> namespaces) {
    var all = client.genericKubernetesResources(kind);
    var some = new ListOptionsBuilder().withLimit(1L).build();
    try {
      var unused =
          ask(
              false,
              () ->
                  namespaces.isEmpty()
                      ? all.inAnyNamespace().list(some)
                      : all.inNamespace(namespaces.get(0)).list(some));
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /** Writes annotations on just this pod, not on another of its name. */
  Pod annotate(Pod pod, Map<String, String> annotations) {
    Map<String, Object> patch =
        Map.of("metadata", Map.of("uid", pod.getMetadata().getUid(), "annotations", annotations));
    return patch(pod, PatchType.JSON_MERGE, patch);
  }

  /**
   * Takes our finalizer off, which gives its state without; refused by the server where the list
   * has changed meanwhile.
   */
  Pod release(Pod pod) {
    String path =
        "/metadata/finalizers/" + pod.getMetadata().getFinalizers().indexOf(PodMarks.FINALIZER);
    List<Map<String, String>> patch =
        List.of(
            Map.of("op", "test", "path", "/metadata/uid", "value", pod.getMetadata().getUid()),
            Map.of("op", "test", "path", path, "value", PodMarks.FINALIZER),
            Map.of("op", "remove", "path", path));
    return patch(pod, PatchType.JSON, patch);
  }

  /** The pod as it is then. */
  private Pod patch(Pod pod, PatchType type, Object patch) {
    String json = client.getKubernetesSerialization().asJson(patch);
    Pod changed = ask(false, () -> at(pod).patch(PatchContext.of(type), json));
    if (changed == null) { // it went just then
      throw new KubernetesClientException("the pod is not there any more", NOT_FOUND, null);
    }
    return changed;
  }

  /** Asks for a pod's deletion. */
  void delete(Pod pod, long graceSeconds) {
    var unused = ask(false, () -> at(pod).withGracePeriod(graceSeconds).delete());
  }

  /** The newest of a pod's events, of which there may be thousands. */
  List<Event> events(Pod pod, int most) {
    List<Event> newest = new ArrayList<>();
    String next = null;
    for (int page = 0; page < MOST_PAGES; page++) {
      EventList list = events(pod, next);
      newest.addAll(list.getItems());
      newest.sort(Comparator.comparing(PodApi::time));
      newest.subList(0, Math.max(0, newest.size() - most)).clear();
      next = list.getMetadata() == null ? null : list.getMetadata().getContinue();
      if (next == null || next.isEmpty()) {
        break;
      }
    }
    return List.copyOf(newest);
  }

  private EventList events(Pod pod, @Nullable String next) {
    return ask(
        false,
        () ->
            client
                .v1()
                .events()
                .inNamespace(pod.getMetadata().getNamespace())
                .withField("involvedObject.uid", pod.getMetadata().getUid())
                .list(new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build()));
  }

  /** As printed: RFC 3339 in UTC, which sorts as text. */
  private static String time(Event event) {
    if (event.getLastTimestamp() != null) {
      return event.getLastTimestamp();
    }
    if (event.getEventTime() != null && event.getEventTime().getTime() != null) {
      return event.getEventTime().getTime();
    }
    return PodView.text(event.getFirstTimestamp());
  }
}
