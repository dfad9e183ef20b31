package io.faultline.decider;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Jobs in groups, so that nobody has to look through all jobs for those of one: by the executor
 * that holds their run, or by the queue that holds them back. The store's key is the group, NUL,
 * the job; its value the job.
 */
final class JobGroups {

  private static final char END = '\0';
  private static final char AFTER_END = '\1';

  private final KeyValueStore<String, String> store;

  /** Over a store of the topology. */
  JobGroups(KeyValueStore<String, String> store) {
    this.store = store;
  }

  /** The job belongs to the group. */
  void add(String group, String jobId) {
    store.put(key(group, jobId), jobId);
  }

  /** It does no more. */
  void remove(String group, String jobId) {
    store.delete(key(group, jobId));
  }

  /** A job and its group. */
  record Member(String group, String jobId) {}

  /**
   * Jobs of some groups.
   *
   * @param which says of a group whether it is one of them
   * @param limit no more than these
   */
  List<Member> of(Predicate<String> which, int limit) {
    List<Member> jobs = new ArrayList<>();
    String group = first(null);
    while (group != null && jobs.size() < limit) {
      if (which.test(group)) {
        try (KeyValueIterator<String, String> members =
            store.range(group + END, group + AFTER_END)) {
          while (members.hasNext() && jobs.size() < limit) {
            jobs.add(new Member(group, members.next().value));
          }
        }
      }
      group = first(group + AFTER_END);
    }
    return jobs;
  }

  /** The first group at or after a key; null where there is none. */
  private String first(String from) {
    try (KeyValueIterator<String, String> all = store.range(from, null)) {
      if (!all.hasNext()) {
        return null;
      }
      KeyValue<String, String> next = all.next();
      return next.key.substring(0, next.key.indexOf(END));
    }
  }

  private static String key(String group, String jobId) {
    return group + END + jobId;
  }
}
