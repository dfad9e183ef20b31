package io.faultline.executor.kubernetes;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.InternalCause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a pod has come to. */
sealed interface PodFate {

  /** Its containers do not run yet. */
  record Pending(Instant at) implements PodFate {}

  /** Its regular containers run. */
  record Running(Instant at) implements PodFate {}

  /** It must be ended, since it won't come to run. */
  record GivenUp(EndCause cause, String message) implements PodFate {}

  /** Nothing of it runs, and all ended well. */
  record Succeeded(Instant at) implements PodFate {}

  /** Nothing of it runs, by a command. */
  record Stopped(Instant at) implements PodFate {}

  /**
   * It ended badly.
   *
   * @param kind null where the pod's own status says it best
   * @param cause what the system itself found
   * @param podReason where the status has none, or a worse one; else empty
   * @param message the executor's own
   */
  record Failed(
      Instant at,
      @Nullable EvidenceKind kind,
      @Nullable InternalCause cause,
      String podReason,
      String message)
      implements PodFate {

    /** Whether we gave it up before it ran. */
    boolean neverStarted() {
      return kind == EvidenceKind.LEASE_RETURNED || cause == InternalCause.JOB_CREATION_FAILED;
    }
  }

  /** Whether nothing follows. */
  default boolean isEnd() {
    return this instanceof Succeeded || this instanceof Stopped || this instanceof Failed;
  }
}
