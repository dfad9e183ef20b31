package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.faultline.executor.cluster.Room;
import io.faultline.executor.cluster.StopCause;
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
  private @Nullable Pod latest;
  private boolean gone;

  /** Touched by whoever holds this object's lock. */
  Told told = Told.NOTHING;

  /** The cause that its deletion was last asked for; touched under the lock. */
  @Nullable EndCause askedToEnd;

  final AtomicBoolean queued = new AtomicBoolean();
  volatile boolean ended;
  volatile boolean reported;
  volatile boolean unwanted;
  volatile @Nullable StopCause stop;
  volatile long notBefore = System.nanoTime();

  TrackedPod(String runId, Room needs) {
    this.runId = runId;
    this.needs = needs;
  }

  String runId() {
    return runId;
  }

  Room needs() {
    return needs;
  }

  synchronized @Nullable Pod latest() {
    return latest;
  }

  synchronized boolean gone() {
    return gone;
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
    latest = pod;
    gone = false;
    return true;
  }

  /** It is not there any more; what is known of its end stays. */
  synchronized void gone(Pod last) {
    if (latest != null && !latest.getMetadata().getUid().equals(last.getMetadata().getUid())) {
      return;
    }
    if (latest == null || version(last) > version(latest)) {
      latest = last;
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
