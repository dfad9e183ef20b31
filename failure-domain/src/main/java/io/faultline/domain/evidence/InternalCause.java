package io.faultline.domain.evidence;

import java.util.Arrays;
import java.util.Optional;

/**
 * What the system itself found. Each is a subcategory of the category {@code internal}, which a
 * failure gets where no rule matches and before the default.
 */
public enum InternalCause {
  POD_MISSING("pod-missing"),
  LEASE_EXPIRED("lease-expired"),
  LEASE_RETURNED("lease-returned"),
  MAX_RUNS_EXCEEDED("max-runs-exceeded"),
  JOB_REJECTED("job-rejected"),
  CLASSIFIER_ERROR("classifier-error"),
  STUCK_TERMINATING("stuck-terminating"),
  EXTERNALLY_DELETED("externally-deleted"),
  ISSUE_HANDLER_ERROR("issue-handler-error"),
  ACTIVE_DEADLINE("active-deadline"),
  JOB_CREATION_FAILED("job-creation-failed");

  private final String subcategory;

  InternalCause(String subcategory) {
    this.subcategory = subcategory;
  }

  /** The subcategory of {@code internal} that this is, for example {@code pod-missing}. */
  public String subcategory() {
    return subcategory;
  }

  /** The cause that a subcategory names, exactly; empty when there is none. */
  public static Optional<InternalCause> ofSubcategory(String subcategory) {
    return Arrays.stream(values()).filter(c -> c.subcategory.equals(subcategory)).findFirst();
  }
}
