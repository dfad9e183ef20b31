package io.faultline.app;

import io.faultline.domain.resource.ResourceKind;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What operators wrote, as it is in force in this instance at one moment. Immutable.
 *
 * @param revision the highest revision of any resource that has been read; what was written up to
 *     it is in force here, except what is broken
 * @param entries what is in force, by {@code Kind/name}
 * @param broken what can't be read, by {@code Kind/name}, with what is wrong; the last good one is
 *     still among the entries where there was one
 */
public record ResourcesInForce(
    long revision, Map<String, Entry> entries, Map<String, String> broken) {

  /** Before anything has been read. */
  public static final ResourcesInForce NONE = new ResourcesInForce(0, Map.of(), Map.of());

  /**
   * One resource in force.
   *
   * @param revision its revision
   * @param value what its body was parsed to
   */
  public record Entry(long revision, Object value) {}

  /** Copies the maps. */
  public ResourcesInForce {
    entries = Map.copyOf(entries);
    broken = Map.copyOf(broken);
  }

  /** The resource in force; empty where there is none. */
  public Optional<Entry> entry(ResourceKind kind, String name) {
    return Optional.ofNullable(entries.get(key(kind, name)));
  }

  /**
   * The parsed value of the resource in force; empty where there is none.
   *
   * @param type what the follower's parser makes of this kind
   */
  public <T> Optional<T> value(ResourceKind kind, String name, Class<T> type) {
    return entry(kind, name).map(Entry::value).map(type::cast);
  }

  /** The parsed values of this type, in no order. */
  public <T> Stream<T> values(Class<T> type) {
    return entries.values().stream().map(Entry::value).filter(type::isInstance).map(type::cast);
  }

  /** Whether its newest revision can't be read, whatever older one is in force. */
  public boolean isBroken(ResourceKind kind, String name) {
    return broken.containsKey(key(kind, name));
  }

  private static String key(ResourceKind kind, String name) {
    return kind.word() + "/" + name;
  }

  ResourcesInForce with(String key, long revision, Object value) {
    Map<String, Entry> changed = new TreeMap<>(entries);
    changed.put(key, new Entry(revision, value));
    return new ResourcesInForce(Math.max(this.revision, revision), changed, without(broken, key));
  }

  ResourcesInForce without(String key, long revision) {
    return new ResourcesInForce(
        Math.max(this.revision, revision), without(entries, key), without(broken, key));
  }

  ResourcesInForce withBroken(String key, long revision, String error) {
    Map<String, String> changed = new TreeMap<>(broken);
    changed.put(key, error);
    return new ResourcesInForce(Math.max(this.revision, revision), entries, changed);
  }

  private static <T> Map<String, T> without(Map<String, T> map, String key) {
    Map<String, T> changed = new TreeMap<>(map);
    changed.remove(key);
    return changed;
  }
}
