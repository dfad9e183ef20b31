package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What an informer remembers of pods, to find out what has gone while it did not watch: no more
 * than which they are. Their states are kept once, by {@link TrackedPod}.
 */
final class PodKeys implements ItemStore<Pod> {

  private final Map<String, Pod> keys = new ConcurrentHashMap<>();
  private final Consumer<Pod> listed;

  /**
   * Remembers.
   *
   * @param listed gets each state of a pod before its watcher does, and all that are there before
   *     the informer has begun
   */
  PodKeys(Consumer<Pod> listed) {
    this.listed = listed;
  }

  @Override
  public String getKey(Pod pod) {
    return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
  }

  @Override
  public Pod put(String key, Pod pod) {
    listed.accept(pod);
    return keys.put(key, SmallPods.key(pod));
  }

  @Override
  public Pod remove(String key) {
    return keys.remove(key);
  }

  @Override
  public Stream<String> keySet() {
    return keys.keySet().stream();
  }

  @Override
  public Stream<Pod> values() {
    return keys.values().stream();
  }

  @Override
  public int size() {
    return keys.size();
  }

  @Override
  public Pod get(String key) {
    return keys.get(key);
  }

  @Override
  public boolean isFullState() {
    return false;
  }
}
