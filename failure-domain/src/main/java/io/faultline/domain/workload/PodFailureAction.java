package io.faultline.domain.workload;

/** What a rule of a podFailurePolicy does with a failed pod. */
public enum PodFailureAction {
  /** The Job fails at once, whatever is left of its limit. */
  FAIL_JOB("FailJob"),
  /** A new pod takes its place, and it is not counted. */
  IGNORE("Ignore"),
  /** It is counted towards the backoffLimit, as without any rule. */
  COUNT("Count");

  private final String word;

  PodFailureAction(String word) {
    this.word = word;
  }

  /** As Kubernetes writes it, case-sensitive. */
  public String word() {
    return word;
  }
}
