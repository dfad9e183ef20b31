package io.faultline.domain.watched;

import io.faultline.domain.group.Fence;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is kept of the sets of others. A generation is named by its {@link #key}. */
public interface WatchedRecords {

  /** The name of a generation of a set, under which all of it is kept. */
  static String key(String setId, Fence fence) {
    return setId + "/" + fence.generation();
  }

  /**
   * A failed Job of a generation.
   *
   * @param member null once it was weighed: then it is only known
   * @param knownAt when it became known
   */
  record Kept(@Nullable WatchedMember member, Instant knownAt) {}

  /** A generation; null where nothing is known of it. */
  @Nullable WatchedRound round(String key);

  /** Keeps a generation. */
  void put(String key, WatchedRound round);

  /** Whether a Job of a generation is known to have failed. */
  boolean knows(String key, String jobUid);

  /** Keeps a failed Job. */
  void put(String key, String jobUid, Kept failed);

  /** The Jobs of a generation that are to be weighed. */
  List<Kept> gathered(String key);

  /** Keeps a failed pod. */
  void put(WatchedPod pod);

  /** The failed pods of a Job, of all its indexes. */
  List<WatchedPod> pods(String jobUid);

  /** Drops a pod, if it is still there. */
  void forgetPod(String jobId, String runId);

  /** Drops all of a generation. */
  void forget(String key);

  /** Has {@link WatchedSets#wake} called for a generation. */
  void wakeAt(String key, Instant at);

  /** Has {@link #forgetPod} called. */
  void forgetPodAt(WatchedPod pod, Instant at);
}
