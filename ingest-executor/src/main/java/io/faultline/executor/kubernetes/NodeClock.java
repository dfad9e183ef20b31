package io.faultline.executor.kubernetes;

import java.time.Duration;
import java.time.Instant;

/**
 * Holds what a kubelet says of a pod's times against what other clocks say of the same pod: when
 * the API server made it, and when it was seen here. A node's clock may be off, and which member of
 * a set failed first is told by these times.
 */
record NodeClock(PodView pod) {

  /** Kubernetes writes whole seconds, and clocks that are kept differ by less than another one. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  /** When something happened: as the node says, unless that can't be; then when it was seen. */
  Instant believe(Instant told, Instant seen) {
    return early(told)
            || pod.firstStarted().filter(this::early).isPresent()
            || told.isAfter(seen.plus(SLACK))
        ? seen
        : told;
  }

  /** Nothing happens in a pod before it is made. */
  private boolean early(Instant told) {
    return pod.created().filter(made -> told.isBefore(made.minus(SLACK))).isPresent();
  }
}
