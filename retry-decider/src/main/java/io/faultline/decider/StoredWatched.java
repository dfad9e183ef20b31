package io.faultline.decider;

import io.faultline.decider.timer.Timers;
import io.faultline.decider.timer.Timers.Timer;
import io.faultline.domain.watched.WatchedPod;
import io.faultline.domain.watched.WatchedRecords;
import io.faultline.domain.watched.WatchedRound;
import io.faultline.schemas.StateCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What a task knows of the sets of others, in one store: generations, the Jobs of each that failed,
 * and failed pods by the id of their Job, which begins with its UID.
 */
final class StoredWatched implements WatchedRecords {

  /** What the ids of timers of others begin with; no job's and no set's id does. */
  static final String TIMER = "watched/";

  private static final String ROUND = "round/";
  private static final String MEMBER = "member/";
  private static final String POD = "pod/";

  /** After all that may follow a prefix. */
  private static final char LAST = '\uffff';

  private final KeyValueStore<String, byte[]> store;
  private final Timers timers;
  private final StateCodec<WatchedRound> rounds = StateCodec.of(WatchedRound.class);
  private final StateCodec<Kept> members = StateCodec.of(Kept.class);
  private final StateCodec<WatchedPod> pods = StateCodec.of(WatchedPod.class);

  StoredWatched(KeyValueStore<String, byte[]> store, Timers timers) {
    this.store = store;
    this.timers = timers;
  }

  @Override
  public @Nullable WatchedRound round(String key) {
    return get(rounds, ROUND + key);
  }

  @Override
  public void put(String key, WatchedRound round) {
    put(rounds, ROUND + key, round);
  }

  @Override
  public boolean knows(String key, String jobUid) {
    return store.get(MEMBER + key + "/" + jobUid) != null;
  }

  @Override
  public void put(String key, String jobUid, Kept failed) {
    put(members, MEMBER + key + "/" + jobUid, failed);
  }

  @Override
  public List<Kept> gathered(String key) {
    List<Kept> gathered = new ArrayList<>();
    all(
        MEMBER + key + "/",
        entry -> {
          Kept kept = members.deserialize(DeciderTopology.WATCHED, entry.value);
          if (kept.member() != null) {
            gathered.add(kept);
          }
        });
    return gathered;
  }

  @Override
  public void put(WatchedPod pod) {
    put(pods, podKey(pod.job().jobId(), pod.run().runId()), pod);
  }

  @Override
  public List<WatchedPod> pods(String jobUid) {
    List<WatchedPod> found = new ArrayList<>();
    all(POD + jobUid, entry -> found.add(pods.deserialize(DeciderTopology.WATCHED, entry.value)));
    return found;
  }

  @Override
  public void forgetPod(String jobId, String runId) {
    store.delete(podKey(jobId, runId));
  }

  @Override
  public void forget(String key) {
    List<String> keys = new ArrayList<>();
    all(MEMBER + key + "/", entry -> keys.add(entry.key));
    keys.forEach(store::delete);
    store.delete(ROUND + key);
  }

  @Override
  public void wakeAt(String key, Instant at) {
    timers.add(Timer.of(at, TIMER + ROUND + key));
  }

  @Override
  public void forgetPodAt(WatchedPod pod, Instant at) {
    timers.add(Timer.of(at, TIMER + podKey(pod.job().jobId(), pod.run().runId())));
  }

  /** Whether a timer is there to forget a pod. */
  static boolean isOfPod(String timer) {
    return timer.startsWith(TIMER + POD);
  }

  /** It is time to forget a pod. */
  void forgetPod(String timer) {
    store.delete(timer.substring(TIMER.length()));
  }

  /** The generation that a timer is of. */
  static String roundOf(String timer) {
    return timer.substring((TIMER + ROUND).length());
  }

  private static String podKey(String jobId, String runId) {
    return POD + jobId + "/" + runId;
  }

  private void all(String prefix, Consumer<KeyValue<String, byte[]>> each) {
    try (KeyValueIterator<String, byte[]> entries = store.range(prefix, prefix + LAST)) {
      entries.forEachRemaining(each);
    }
  }

  private <V> @Nullable V get(StateCodec<V> codec, String key) {
    return codec.deserialize(DeciderTopology.WATCHED, store.get(key));
  }

  private <V> void put(StateCodec<V> codec, String key, V value) {
    store.put(key, codec.serialize(DeciderTopology.WATCHED, value));
  }
}
