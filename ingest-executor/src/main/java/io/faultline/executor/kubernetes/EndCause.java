package io.faultline.executor.kubernetes;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.domain.retry.FailureSignals;
import io.faultline.executor.cluster.StopCause;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why we ended a pod; written on it before it is deleted, so that a restart doesn't forget. */
enum EndCause {
  /** A command said so. */
  COMMAND(EvidenceKind.POD_ISSUE, null, ""),
  /** Nobody could be told that the executor lives. */
  LEASE_LOST(EvidenceKind.LEASE_EXPIRED, InternalCause.LEASE_EXPIRED, ""),
  /** It had to make room. */
  PREEMPTED(EvidenceKind.PREEMPTED, null, ""),
  /** It did not come to run, for reasons that may pass. */
  NOT_STARTED(EvidenceKind.LEASE_RETURNED, InternalCause.LEASE_RETURNED, ""),
  /** It did not come to run, and never would. */
  NEVER_STARTS(EvidenceKind.POD_ISSUE, InternalCause.JOB_CREATION_FAILED, ""),
  /** No node could take it. */
  UNSCHEDULABLE(
      EvidenceKind.POD_ISSUE, InternalCause.JOB_CREATION_FAILED, FailureSignals.UNSCHEDULABLE);

  final EvidenceKind kind;
  final @Nullable InternalCause internal;
  final String podReason;

  EndCause(EvidenceKind kind, @Nullable InternalCause internal, String podReason) {
    this.kind = kind;
    this.internal = internal;
    this.podReason = podReason;
  }

  static EndCause of(StopCause cause) {
    return switch (cause) {
      case COMMAND -> COMMAND;
      case LEASE_LOST -> LEASE_LOST;
      case PREEMPTED -> PREEMPTED;
    };
  }

  static Optional<EndCause> ofName(String name) {
    return Arrays.stream(values()).filter(c -> c.name().equals(name)).findFirst();
  }
}
