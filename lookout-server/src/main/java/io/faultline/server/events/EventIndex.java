package io.faultline.server.events;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the listeners that an event may be for. Each is kept under the narrowest thing that its
 * filter names, so that an event is compared with few filters, however many listeners there are.
 */
final class EventIndex {

  /** What a listener can be found by, the narrowest first. */
  private enum Key {
    JOB,
    JOB_SET,
    OWNER,
    QUEUE,
    CATEGORY
  }

  private final Map<Key, Map<String, Set<Subscription>>> byKey = new EnumMap<>(Key.class);
  private final Set<Subscription> others = new LinkedHashSet<>();
  private int needOwner;

  EventIndex() {
    for (Key key : Key.values()) {
      byKey.put(key, new HashMap<>());
    }
  }

  /** Adds one, unless it is there. */
  void add(Subscription one) {
    boolean added = false;
    Key key = key(one.filter());
    if (key == null) {
      added = others.add(one);
    } else {
      for (String value : values(one.filter(), key)) {
        added |= byKey.get(key).computeIfAbsent(value, v -> new LinkedHashSet<>()).add(one);
      }
    }
    needOwner += added && one.filter().needsOwner() ? 1 : 0;
  }

  /** Removes one, where it is there. */
  void remove(Subscription one) {
    boolean removed = false;
    Key key = key(one.filter());
    if (key == null) {
      removed = others.remove(one);
    } else {
      Map<String, Set<Subscription>> ofKey = byKey.get(key);
      for (String value : values(one.filter(), key)) {
        Set<Subscription> ofValue = ofKey.getOrDefault(value, Set.of());
        removed |= ofValue.contains(one) && ofValue.remove(one);
        if (ofValue.isEmpty()) {
          ofKey.remove(value);
        }
      }
    }
    needOwner -= removed && one.filter().needsOwner() ? 1 : 0;
  }

  /** Whether some filter asks for the owner of a job. */
  boolean needsOwner() {
    return needOwner > 0;
  }

  boolean isEmpty() {
    return others.isEmpty() && byKey.values().stream().allMatch(Map::isEmpty);
  }

  /**
   * Those that an event may be for, some perhaps twice: whoever has more than one of its
   * categories. Where its owner is not known, all who ask for owners are among them.
   */
  List<Subscription> candidates(StreamEvent event) {
    List<Subscription> found = new ArrayList<>(others);
    for (Key key : Key.values()) {
      Map<String, Set<Subscription>> ofKey = byKey.get(key);
      if (!ofKey.isEmpty()) {
        for (String value : values(event, key, ofKey.keySet())) {
          found.addAll(ofKey.getOrDefault(value, Set.of()));
        }
      }
    }
    return found;
  }

  private static Key key(EventFilter filter) {
    for (Key key : Key.values()) {
      if (!values(filter, key).isEmpty()) {
        return key;
      }
    }
    return null;
  }

  private static Set<String> values(EventFilter filter, Key key) {
    return switch (key) {
      case JOB -> filter.jobIds();
      case JOB_SET -> filter.jobSets();
      case OWNER -> filter.owners();
      case QUEUE -> filter.queues();
      case CATEGORY -> filter.categories();
    };
  }

  private static Collection<String> values(StreamEvent event, Key key, Set<String> all) {
    return switch (key) {
      case JOB -> List.of(event.event().job().jobId());
      case JOB_SET -> List.of(event.event().job().jobSet());
      case OWNER -> event.owner() == null ? List.copyOf(all) : List.of(event.owner());
      case QUEUE -> List.of(event.event().job().queue());
      case CATEGORY -> event.categories();
    };
  }
}
