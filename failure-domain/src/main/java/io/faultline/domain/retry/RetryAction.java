package io.faultline.domain.retry;

/** What a rule, or a policy where no rule matches, asks for. */
public enum RetryAction {
  RETRY("Retry"),
  FAIL("Fail");

  private final String word;

  RetryAction(String word) {
    this.word = word;
  }

  /** The word in files and messages, for example {@code Retry}. */
  public String word() {
    return word;
  }
}
