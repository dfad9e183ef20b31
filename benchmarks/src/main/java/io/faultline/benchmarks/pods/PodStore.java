package io.faultline.benchmarks.pods;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The pods of an API server, found by name at once: fabric8's own looks at all of them for each
 * request, which takes milliseconds where there are thousands.
 */
final class PodStore {

  private final Map<String, ObjectNode> pods = new LinkedHashMap<>();
  private final List<Consumer<ObjectNode>> watches = new CopyOnWriteArrayList<>();
  private final Consumer<String> made;
  private long version;

  /**
   * An empty one.
   *
   * @param made told the name of each pod that is made
   */
  PodStore(Consumer<String> made) {
    this.made = made;
  }

  /** A copy, as all that is given out; null where there is none. */
  synchronized ObjectNode find(String name) {
    ObjectNode pod = pods.get(name);
    return pod == null ? null : pod.deepCopy();
  }

  /** The pod as it is kept; null where its name is taken. */
  synchronized ObjectNode create(ObjectNode pod) {
    String name = pod.at("/metadata/name").asText();
    if (pods.containsKey(name)) {
      return null;
    }
    pods.put(name, pod);
    ((ObjectNode) pod.path("metadata"))
        .put("uid", "uid-" + name)
        .put("creationTimestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    pod.putObject("status").put("phase", "Pending");
    tell("ADDED", pod);
    made.accept(name);
    return pod.deepCopy();
  }

  /** By a merge patch, or a JSON patch that removes things; null where there is no such pod. */
  synchronized ObjectNode patch(String name, JsonNode patch) {
    ObjectNode pod = pods.get(name);
    if (pod == null) {
      return null;
    }
    if (patch.isArray()) {
      for (JsonNode change : patch) {
        if (change.path("op").asText().equals("remove")) {
          remove(pod, change.path("path").asText());
        }
      }
    } else {
      merge(pod, (ObjectNode) patch);
    }
    settle(name, pod);
    return pod.deepCopy();
  }

  /** Marks it; it goes once no finalizer is left. */
  synchronized ObjectNode delete(String name) {
    ObjectNode pod = pods.get(name);
    if (pod == null) {
      return null;
    }
    ((ObjectNode) pod.path("metadata"))
        .put("deletionTimestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    settle(name, pod);
    return pod.deepCopy();
  }

  private void settle(String name, ObjectNode pod) {
    boolean goes =
        pod.at("/metadata").has("deletionTimestamp") && pod.at("/metadata/finalizers").isEmpty();
    if (goes) {
      pods.remove(name);
    }
    tell(goes ? "DELETED" : "MODIFIED", pod);
  }

  private static void remove(ObjectNode pod, String pointer) {
    int last = pointer.lastIndexOf('/');
    JsonNode parent = pod.at(pointer.substring(0, last));
    String key = pointer.substring(last + 1);
    if (parent instanceof ArrayNode array) {
      array.remove(Integer.parseInt(key));
    } else if (parent instanceof ObjectNode object) {
      object.remove(key);
    }
  }

  private static void merge(ObjectNode into, ObjectNode patch) {
    patch
        .properties()
        .forEach(
            field -> {
              JsonNode old = into.get(field.getKey());
              if (field.getValue() instanceof ObjectNode inner && old instanceof ObjectNode there) {
                merge(there, inner);
              } else {
                into.set(field.getKey(), field.getValue());
              }
            });
  }

  /** One page of all, from this number on. */
  synchronized ObjectNode list(int from, int limit) {
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.put("kind", "PodList").put("apiVersion", "v1");
    ObjectNode metadata = list.putObject("metadata");
    metadata.put("resourceVersion", Long.toString(version));
    ArrayNode items = list.putArray("items");
    List<ObjectNode> all = new ArrayList<>(pods.values());
    int to = (int) Math.min(all.size(), (long) from + limit);
    all.subList(Math.min(from, to), to).forEach(pod -> items.add(pod.deepCopy()));
    if (to < all.size()) {
      metadata.put("continue", Integer.toString(to));
    }
    return list;
  }

  /** Tells of every change after a version, those that have been included. */
  synchronized void watch(long since, Consumer<ObjectNode> watcher) {
    pods.values().stream()
        .filter(pod -> pod.at("/metadata/resourceVersion").asLong() > since)
        .forEach(pod -> watcher.accept(event("MODIFIED", pod)));
    watches.add(watcher);
  }

  private void tell(String type, ObjectNode pod) {
    ((ObjectNode) pod.path("metadata")).put("resourceVersion", Long.toString(++version));
    ObjectNode event = event(type, pod);
    watches.forEach(watcher -> watcher.accept(event));
  }

  private static ObjectNode event(String type, ObjectNode pod) {
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("type", type);
    event.set("object", pod);
    return event;
  }
}
