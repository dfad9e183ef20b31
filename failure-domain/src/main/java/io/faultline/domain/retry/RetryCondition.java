package io.faultline.domain.retry;

import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The words that {@code onConditions} of a retry rule takes. */
public enum RetryCondition {
  /** The reason of any failed container. */
  OOM_KILLED("OOMKilled"),
  /** The pod's reason. */
  EVICTED("Evicted"),
  /** The pod's reason. */
  DEADLINE_EXCEEDED("DeadlineExceeded"),
  /** The kind of evidence. */
  PREEMPTED("Preempted"),
  /** The kind of evidence. */
  LEASE_RETURNED("LeaseReturned"),
  /** A container ended badly, and none of the others holds. */
  APP_ERROR("AppError");

  private final String word;

  RetryCondition(String word) {
    this.word = word;
  }

  /** The word in files, for example {@code OOMKilled}. */
  public String word() {
    return word;
  }

  /** The condition that a word names, exactly and case-sensitively; empty when there is none. */
  public static Optional<RetryCondition> ofWord(String word) {
    return Arrays.stream(values()).filter(c -> c.word.equals(word)).findFirst();
  }

  /** Which of these hold for a failure. */
  static Set<RetryCondition> of(Evidence evidence) {
    EnumSet<RetryCondition> found = EnumSet.noneOf(RetryCondition.class);
    if (evidence.failedContainers().stream()
        .anyMatch(c -> c.termination() != null && c.termination().reason().equals("OOMKilled"))) {
      found.add(OOM_KILLED);
    }
    if (evidence.podReason().equals(EVICTED.word)) {
      found.add(EVICTED);
    }
    if (evidence.podReason().equals(DEADLINE_EXCEEDED.word)) {
      found.add(DEADLINE_EXCEEDED);
    }
    if (evidence.kind() == EvidenceKind.PREEMPTED) {
      found.add(PREEMPTED);
    }
    if (evidence.kind() == EvidenceKind.LEASE_RETURNED) {
      found.add(LEASE_RETURNED);
    }
    if (found.isEmpty() && evidence.kind() == EvidenceKind.POD_FAILED) {
      found.add(APP_ERROR);
    }
    return found;
  }
}
