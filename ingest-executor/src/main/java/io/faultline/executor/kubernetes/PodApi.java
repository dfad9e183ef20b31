package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is asked of the API server; what passes is tried again by the client itself. Every
 * method may throw {@link KubernetesClientException}.
 */
final class PodApi {

  private static final long PAGE = 500;
  private static final int MOST_PAGES = 20;

  private final KubernetesClient client;
  private final Pace pace;

  PodApi(KubernetesClient client, int queriesPerSecond) {
    this.client = client;
    this.pace = new Pace(queriesPerSecond);
  }

  private void await() {
    try {
      pace.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("interrupted", e);
    }
  }

  private PodResource at(Pod pod) {
    await();
    return client
        .pods()
        .inNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName());
  }

  Pod create(Pod pod) {
    await();
    return client.resource(pod).create();
  }

  /** The pod of this name; empty where there is none. */
  Optional<Pod> find(Pod named) {
    return Optional.ofNullable(at(named).get());
  }

  /** Writes annotations on just this pod, not on another of its name. */
  Pod annotate(Pod pod, Map<String, String> annotations) {
    Map<String, Object> patch =
        Map.of("metadata", Map.of("uid", pod.getMetadata().getUid(), "annotations", annotations));
    return at(pod)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            client.getKubernetesSerialization().asJson(patch));
  }

  /** Takes our finalizer off; refused by the server where the list has changed meanwhile. */
  void release(Pod pod) {
    String path =
        "/metadata/finalizers/" + pod.getMetadata().getFinalizers().indexOf(PodMarks.FINALIZER);
    List<Map<String, String>> patch =
        List.of(
            Map.of("op", "test", "path", "/metadata/uid", "value", pod.getMetadata().getUid()),
            Map.of("op", "test", "path", path, "value", PodMarks.FINALIZER),
            Map.of("op", "remove", "path", path));
    at(pod)
        .patch(PatchContext.of(PatchType.JSON), client.getKubernetesSerialization().asJson(patch));
  }

  /** Asks for a pod's deletion. */
  void delete(Pod pod, long graceSeconds) {
    at(pod).withGracePeriod(graceSeconds).delete();
  }

  /** The newest of a pod's events, of which there may be thousands. */
  List<Event> events(Pod pod, int most) {
    List<Event> newest = new ArrayList<>();
    String next = null;
    for (int page = 0; page < MOST_PAGES; page++) {
      await();
      EventList list =
          client
              .v1()
              .events()
              .inNamespace(pod.getMetadata().getNamespace())
              .withField("involvedObject.uid", pod.getMetadata().getUid())
              .list(new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build());
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
