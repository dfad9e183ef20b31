package io.faultline.executor.cluster;

import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.domain.evidence.MessageCut;
import java.util.List;

/** Nothing was made of an order. The message is for people, and becomes evidence. */
public final class PodRefused extends Exception {

  private static final long serialVersionUID = 1L;

  /** What refusing says about trying again. */
  public enum Why {
    /** The spec can't be made anywhere: the job is rejected. */
    NEVER,
    /** Something passing: the lease is returned, and the run may be tried again. */
    NOT_NOW,
    /** Every node is one that the run must avoid. */
    UNSCHEDULABLE
  }

  private final Why why;

  /**
   * Refuses.
   *
   * @param why what this says about trying again
   * @param message what is wrong, where, and what is allowed
   */
  public PodRefused(Why why, String message) {
    super(message);
    this.why = why;
  }

  /** What refusing says about trying again. */
  public Why why() {
    return why;
  }

  /** The refusal as evidence; no container ever was. */
  public Evidence evidence() {
    return switch (why) {
      case NEVER -> evidence(EvidenceKind.JOB_REJECTED, InternalCause.JOB_REJECTED, "");
      case NOT_NOW -> evidence(EvidenceKind.LEASE_RETURNED, InternalCause.LEASE_RETURNED, "");
      case UNSCHEDULABLE ->
          evidence(EvidenceKind.POD_ISSUE, InternalCause.JOB_CREATION_FAILED, "Unschedulable");
    };
  }

  private Evidence evidence(EvidenceKind kind, InternalCause cause, String podReason) {
    return new Evidence(
        kind,
        cause,
        podReason,
        "",
        "",
        "",
        List.of(),
        List.of(),
        MessageCut.STANDARD.head(getMessage()),
        null);
  }
}
