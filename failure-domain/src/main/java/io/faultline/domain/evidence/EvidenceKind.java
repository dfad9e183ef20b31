package io.faultline.domain.evidence;

import java.util.Arrays;
import java.util.Optional;

/** What kind of end a run came to, as far as anyone can see. */
public enum EvidenceKind {
  /** A container ended badly. */
  POD_FAILED("PodFailed"),
  /** The pod never started, got stuck, vanished, or passed its deadline. */
  POD_ISSUE("PodIssue"),
  /** The run could not be started here; it never ran. */
  LEASE_RETURNED("LeaseReturned"),
  /** The executor that held the run is lost. */
  LEASE_EXPIRED("LeaseExpired"),
  /** The run was ended to make room for another. */
  PREEMPTED("Preempted"),
  /** The job was refused before any run. */
  JOB_REJECTED("JobRejected"),
  /** An execution outside our clusters reported that it crashed. */
  EXECUTION_CRASHED("ExecutionCrashed");

  private final String word;

  EvidenceKind(String word) {
    this.word = word;
  }

  /** The word used in files, events and JSON, for example {@code PodFailed}. */
  public String word() {
    return word;
  }

  /** The kind that a word names, exactly and case-sensitively; empty when there is none. */
  public static Optional<EvidenceKind> ofWord(String word) {
    return Arrays.stream(values()).filter(k -> k.word.equals(word)).findFirst();
  }
}
