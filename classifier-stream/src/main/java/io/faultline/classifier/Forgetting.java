package io.faultline.classifier;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Deletes old entries of a store, some at each call: it goes through the keys in their order and
 * begins again at the end, so that no call holds up the stream.
 */
final class Forgetting<V> {

  /** Entries looked at in one call; some milliseconds. */
  static final int BUDGET = 1_000;

  private final KeyValueStore<String, V> store;
  private final Function<V, Instant> time;
  private String next;

  /**
   * @param time of an entry, by which it is old
   */
  Forgetting(KeyValueStore<String, V> store, Function<V, Instant> time) {
    this.store = store;
    this.time = time;
  }

  /** Looks at the next entries and deletes those from before a time. */
  void forgetSome(Instant before) {
    List<String> old = new ArrayList<>();
    try (KeyValueIterator<String, V> entries = store.range(next, null)) {
      for (int looked = 0; looked < BUDGET && entries.hasNext(); looked++) {
        KeyValue<String, V> entry = entries.next();
        if (time.apply(entry.value).isBefore(before)) {
          old.add(entry.key);
        }
      }
      next = entries.hasNext() ? entries.peekNextKey() : null;
    }
    old.forEach(store::delete);
  }
}
