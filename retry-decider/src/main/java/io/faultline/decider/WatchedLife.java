package io.faultline.decider;

import io.faultline.decider.timer.Timers;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.group.Settling;
import io.faultline.domain.job.JobState;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.watched.WatchedFailure;
import io.faultline.domain.watched.WatchedSets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Sets of others, as inputs find them: all that follows is decisions that are advice. */
final class WatchedLife {

  private final WatchedSets sets;
  private final StoredWatched records;

  WatchedLife(Settling settling, KeyValueStore<String, byte[]> store, Timers timers) {
    this.sets = new WatchedSets(settling);
    this.records = new StoredWatched(store, timers);
  }

  /** Whether a timer is for one of them. */
  static boolean owns(String timer) {
    return timer.startsWith(StoredWatched.TIMER);
  }

  /** A Job of others failed. */
  void failed(WatchedFailure failure, Instant now) {
    sets.failed(records, failure, now);
  }

  /**
   * A run failed. A job that is not ours and has a record key beside its id is a pod of a Job that
   * is watched.
   */
  void failed(@Nullable JobState job, ClassifiedError failure, Instant now) {
    if (job == null && failure.error().job().gangId() != null) {
      sets.failed(records, failure, now);
    }
  }

  /** It is time for something. */
  List<DecisionRecord> due(String timer, Instant now) {
    if (StoredWatched.isOfPod(timer)) {
      records.forgetPod(timer);
      return List.of();
    }
    return sets.wake(records, StoredWatched.roundOf(timer), now);
  }
}
