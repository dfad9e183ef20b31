package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.faultline.executor.cluster.Room;
import io.faultline.executor.cluster.StopCause;
import io.faultline.executor.pod.PodSpecException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster remembers of one run; all of it can be had again from the pod. What is wanted of
 * it is remembered here until the API server has done it.
 */
final class TrackedPod {

  /** How far its observer knows of it. */
  enum Told {
    NOTHING,
    PENDING,
    RUNNING,
    END
  }

  private static final long UNKNOWN = -1;

  private final String runId;
  private final Room needs;
  private @Nullable Pod wanted;
  private @Nullable Pod latest;
  private boolean gone;
  private boolean watched;
  private int tries;

  /** Touched by whoever holds this object's lock. */
  Told told = Told.NOTHING;

  /** When its end was seen first; touched under the lock. */
  @Nullable Instant endSeen;

  /** The cause that its deletion was last asked for; touched under the lock. */
  @Nullable EndCause askedToEnd;

  final AtomicBoolean queued = new AtomicBoolean();

  /** When to ask for it, should the watch not have told of it by then; touched under the lock. */
  Instant askAt = Instant.MAX;

  volatile boolean ended;
  volatile boolean reported;
  volatile boolean unwanted;
  volatile @Nullable StopCause stop;

  /** Why it is stopped, for people; written before {@link #stop}. */
  volatile String stopWhy = "";

  private volatile long notBefore = System.nanoTime();

  /**
   * Remembers.
   *
   * @param wanted what is to be made; null where it was made already
   */
  TrackedPod(String runId, Room needs, @Nullable Pod wanted) {
    this.runId = runId;
    this.needs = needs;
    this.wanted = wanted;
  }

  /** A run whose pod was there before. */
  static TrackedPod found(String runId, Pod pod) {
    TrackedPod run = new TrackedPod(runId, needs(pod), null);
    run.ended = new PodView(pod).terminal();
    return run;
  }

  private static Room needs(Pod pod) {
    try {
      return pod.getSpec() == null ? new Room(1, 0, 0) : PodResources.needs(pod.getSpec());
    } catch (PodSpecException e) {
      return new Room(1, 0, 0); // edited by hand; it runs all the same
    }
  }

  String runId() {
    return runId;
  }

  Room needs() {
    return needs;
  }

  /** What is to be made; null once it was. */
  synchronized @Nullable Pod wanted() {
    return wanted;
  }

  /** What it needs next was asked for in vain; how often by now. */
  synchronized int triedInVain() {
    return ++tries;
  }

  /** Whether it waits to be made after trying in vain. */
  synchronized boolean waitsInVain() {
    return wanted != null && tries > 0;
  }

  /** It was not made, and won't be. */
  synchronized void notMade() {
    wanted = null;
    gone = latest == null;
  }

  synchronized @Nullable Pod latest() {
    return latest;
  }

  /** Has it left alone for a while, unless there is news of it. */
  void notBefore(Duration pause) {
    notBefore = System.nanoTime() + pause.toNanos();
  }

  /** Whether it may be looked at without news. */
  boolean due() {
    return System.nanoTime() - notBefore >= 0;
  }

  synchronized boolean gone() {
    return gone;
  }

  /** The watch tells of it, so that it will tell when it goes. */
  synchronized void watched() {
    watched = true;
  }

  /** Whether it was made, and only its maker's answer says so. */
  synchronized boolean unwatched() {
    return latest != null && !watched && !gone;
  }

  /**
   * Takes a state of the pod, unless a later one is known.
   *
   * @return whether it was taken
   */
  synchronized boolean update(Pod pod) {
    if (latest != null && version(pod) != UNKNOWN && version(pod) < version(latest)) {
      return false;
    }
    if (wanted != null) {
      wanted = null;
      tries = 0;
    }
    latest = SmallPods.of(pod);
    gone = false;
    return true;
  }

  /** It is not there any more; what is known of its end stays. */
  synchronized void gone(Pod last) {
    if (latest != null && !latest.getMetadata().getUid().equals(last.getMetadata().getUid())) {
      return;
    }
    // an informer that did not see it go has just its key
    if (latest == null || (last.getStatus() != null && version(last) > version(latest))) {
      latest = SmallPods.of(last);
    }
    gone = true;
  }

  /** Numbers that grow; a server that gives none has every state taken as newer. */
  private static long version(Pod pod) {
    String version = pod.getMetadata().getResourceVersion();
    try {
      return version == null ? UNKNOWN : Long.parseLong(version);
    } catch (NumberFormatException e) {
      return UNKNOWN;
    }
  }
}
