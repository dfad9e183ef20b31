package io.faultline.rules.yaml;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A map with its place. A key whose value is {@code null} is as good as absent. */
public final class YamlMap {

  /** A key with its place, and its value. */
  record Entry(String key, int line, int column, YamlNode value) {}

  private final Map<String, Entry> entries;
  private Optional<Entry> repeated = Optional.empty();
  private YamlNode node;

  YamlMap() {
    this.entries = new LinkedHashMap<>();
  }

  void belongTo(YamlNode owner) {
    node = owner;
  }

  void put(Entry entry) {
    if (entries.put(entry.key(), entry) != null && repeated.isEmpty()) {
      repeated = Optional.of(entry);
    }
  }

  /** What a merge key brings: it never replaces what is written. */
  void merge(YamlMap other) {
    other.entries.forEach(entries::putIfAbsent);
  }

  Iterable<Entry> entries() {
    return entries.values();
  }

  void refuseRepeated() {
    repeated.ifPresent(
        e -> {
          throw node.problemAt(e.line(), e.column(), "the key " + quoted(e.key()) + " is repeated");
        });
  }

  /** The node that is this map. */
  public YamlNode node() {
    return node;
  }

  /** The keys, in the order of the file. */
  public Set<String> keys() {
    return entries.keySet();
  }

  /** Refuses every key but these. */
  public YamlMap only(String... allowed) {
    return only(Arrays.asList(allowed));
  }

  /** Refuses every key but these. */
  public YamlMap only(List<String> allowed) {
    for (Entry entry : entries.values()) {
      if (!allowed.contains(entry.key())) {
        throw node.problemAt(
            entry.line(),
            entry.column(),
            "unknown key " + quoted(entry.key()) + "; allowed: " + String.join(", ", allowed));
      }
    }
    return this;
  }

  /** The value of a key, {@code null} included; empty where the key is not written at all. */
  public Optional<YamlNode> written(String key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::value);
  }

  /** The value of a key; empty where it is absent or {@code null}. */
  public Optional<YamlNode> find(String key) {
    return written(key).filter(value -> !value.isNull());
  }

  /** The value of a key that must be there. */
  public YamlNode require(String key) {
    return find(key).orElseThrow(() -> node.problem("the key " + quoted(key) + " is missing"));
  }

  /** Text under a key; empty where it is absent. */
  public String textOrEmpty(String key) {
    return find(key).map(YamlNode::text).orElse("");
  }

  /** The items of a list under a key; none where it is absent. */
  public List<YamlNode> listOrEmpty(String key) {
    return find(key).map(YamlNode::list).orElse(List.of());
  }

  private static String quoted(String key) {
    return "\"" + Shown.text(key) + "\"";
  }
}
