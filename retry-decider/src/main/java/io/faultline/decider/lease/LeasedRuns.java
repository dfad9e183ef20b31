package io.faultline.decider.lease;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which jobs' current runs each executor holds, so that nobody has to look through all jobs when
 * one falls silent. The store's key is the executor, NUL, the job; its value the job.
 */
public final class LeasedRuns {

  private static final char END = '\0';
  private static final char AFTER_END = '\1';

  private final KeyValueStore<String, String> store;

  /** Over a store of the topology. */
  public LeasedRuns(KeyValueStore<String, String> store) {
    this.store = store;
  }

  /** The executor holds the job's current run. */
  public void add(String executor, String jobId) {
    store.put(key(executor, jobId), jobId);
  }

  /** It does no more. */
  public void remove(String executor, String jobId) {
    store.delete(key(executor, jobId));
  }

  /**
   * Jobs whose current run a lost executor holds.
   *
   * @param lost says of an executor whether it is lost
   * @param limit no more than these
   */
  public List<String> heldByLost(Predicate<String> lost, int limit) {
    List<String> jobs = new ArrayList<>();
    String executor = first(null);
    while (executor != null && jobs.size() < limit) {
      if (lost.test(executor)) {
        try (KeyValueIterator<String, String> held =
            store.range(executor + END, executor + AFTER_END)) {
          while (held.hasNext() && jobs.size() < limit) {
            jobs.add(held.next().value);
          }
        }
      }
      executor = first(executor + AFTER_END);
    }
    return jobs;
  }

  /** The first executor at or after a key; null where there is none. */
  private String first(String from) {
    try (KeyValueIterator<String, String> all = store.range(from, null)) {
      if (!all.hasNext()) {
        return null;
      }
      KeyValue<String, String> next = all.next();
      return next.key.substring(0, next.key.indexOf(END));
    }
  }

  private static String key(String executor, String jobId) {
    return executor + END + jobId;
  }
}
