package io.faultline.decider;

import io.faultline.domain.job.ActiveJob;
import io.faultline.domain.job.JobState;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The jobs of a task, and which executor holds the runs of which. */
final class Jobs {

  private final KeyValueStore<String, JobState> store;
  private final JobGroups leased;

  Jobs(KeyValueStore<String, JobState> store, JobGroups leased) {
    this.store = store;
    this.leased = leased;
  }

  /** A job; null where there never was one of this id. */
  @Nullable JobState get(String jobId) {
    return store.get(jobId);
  }

  /** Keeps what became of a job. */
  void put(String jobId, @Nullable JobState before, JobState after) {
    if (after.equals(before)) {
      return;
    }
    store.put(jobId, after);
    String held = holder(before);
    String holds = holder(after);
    if (held.equals(holds)) {
      return;
    }
    if (!held.isEmpty()) {
      leased.remove(held, jobId);
    }
    if (!holds.isEmpty()) {
      leased.add(holds, jobId);
    }
  }

  /** Who holds a run that can still be lost; empty where nobody does. */
  private static String holder(@Nullable JobState state) {
    return state instanceof ActiveJob active && !active.run().lost() && !active.awaitsItsSet()
        ? active.run().executor()
        : "";
  }
}
