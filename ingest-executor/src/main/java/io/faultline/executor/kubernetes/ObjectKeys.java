package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What an informer remembers of objects, to find out what has gone while it did not watch: no more
 * than which they are. Their states are kept once, by whoever is told of them.
 */
final class ObjectKeys<T extends HasMetadata> implements ItemStore<T> {

  private final Map<String, T> keys = new ConcurrentHashMap<>();
  private final UnaryOperator<T> small;
  private final Consumer<T> listed;

  /**
   * Remembers.
   *
   * @param small what is kept of an object
   * @param listed gets each state of an object before its watcher does, and all that are there
   *     before the informer has begun
   */
  ObjectKeys(UnaryOperator<T> small, Consumer<T> listed) {
    this.small = small;
    this.listed = listed;
  }

  @Override
  public String getKey(T object) {
    return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
  }

  @Override
  public T put(String key, T object) {
    listed.accept(object);
    return keys.put(key, small.apply(object));
  }

  @Override
  public T remove(String key) {
    return keys.remove(key);
  }

  @Override
  public Stream<String> keySet() {
    return keys.keySet().stream();
  }

  @Override
  public Stream<T> values() {
    return keys.values().stream();
  }

  @Override
  public int size() {
    return keys.size();
  }

  @Override
  public T get(String key) {
    return keys.get(key);
  }

  @Override
  public boolean isFullState() {
    return false;
  }
}
