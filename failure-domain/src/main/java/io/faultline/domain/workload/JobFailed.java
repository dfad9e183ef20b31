package io.faultline.domain.workload;

/**
 * Why a Job has failed, in the words of Kubernetes, which the rules of a set ask for.
 *
 * @param reason one word
 * @param message for people, and for patterns
 */
public record JobFailed(Reason reason, String message) {

  /** The reasons for which a Job fails here; Kubernetes has two more for limits of an index. */
  public enum Reason {
    POD_FAILURE_POLICY("PodFailurePolicy"),
    BACKOFF_LIMIT_EXCEEDED("BackoffLimitExceeded"),
    DEADLINE_EXCEEDED("DeadlineExceeded");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    /** As Kubernetes writes it. */
    public String word() {
      return word;
    }
  }
}
