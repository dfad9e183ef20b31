package io.faultline.domain.group;

/** Why a job failed, by the reasons that Kubernetes gives a failed Job. */
public enum JobFailureReason {
  BACKOFF_LIMIT_EXCEEDED("BackoffLimitExceeded"),
  DEADLINE_EXCEEDED("DeadlineExceeded"),
  FAILED_INDEXES("FailedIndexes"),
  MAX_FAILED_INDEXES_EXCEEDED("MaxFailedIndexesExceeded"),
  POD_FAILURE_POLICY("PodFailurePolicy");

  private final String word;

  JobFailureReason(String word) {
    this.word = word;
  }

  /** As Kubernetes writes it. */
  public String word() {
    return word;
  }
}
