package io.faultline.domain.watched;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records in memory, and the timers that were asked for. */
final class WatchedMemory implements WatchedRecords {

  final Map<String, WatchedRound> rounds = new LinkedHashMap<>();
  final NavigableMap<String, Kept> members = new TreeMap<>();
  final NavigableMap<String, WatchedPod> pods = new TreeMap<>();
  final NavigableMap<Instant, String> wakes = new TreeMap<>();

  @Override
  public @Nullable WatchedRound round(String key) {
    return rounds.get(key);
  }

  @Override
  public void put(String key, WatchedRound round) {
    rounds.put(key, round);
  }

  @Override
  public boolean knows(String key, String jobUid) {
    return members.containsKey(key + "/" + jobUid);
  }

  @Override
  public void put(String key, String jobUid, Kept failed) {
    members.put(key + "/" + jobUid, failed);
  }

  @Override
  public List<Kept> gathered(String key) {
    return members.subMap(key + "/", key + "/\uffff").values().stream()
        .filter(kept -> kept.member() != null)
        .toList();
  }

  @Override
  public void put(WatchedPod pod) {
    pods.put(pod.job().jobId() + "/" + pod.run().runId(), pod);
  }

  @Override
  public List<WatchedPod> pods(String jobUid) {
    return List.copyOf(pods.subMap(jobUid, jobUid + "\uffff").values());
  }

  @Override
  public void forgetPod(String jobId, String runId) {
    pods.remove(jobId + "/" + runId);
  }

  @Override
  public void forget(String key) {
    rounds.remove(key);
    members.subMap(key + "/", key + "/\uffff").clear();
  }

  @Override
  public void wakeAt(String key, Instant at) {
    wakes.put(at, key);
  }

  @Override
  public void forgetPodAt(WatchedPod pod, Instant at) {
    // tested where timers are
  }
}
