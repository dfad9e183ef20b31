package io.faultline.domain.group;

/** What a rule of a failure policy does. */
public enum GroupAction {
  FAIL_JOB_SET("FailJobSet", GroupOutcome.FAILED, false),
  RESTART_JOB_SET("RestartJobSet", GroupOutcome.RESTART_ALL, true),
  RESTART_JOB_SET_AND_IGNORE_MAX_RESTARTS(
      "RestartJobSetAndIgnoreMaxRestarts", GroupOutcome.RESTART_ALL, false),
  RESTART_JOB("RestartJob", GroupOutcome.RESTART_ONE, true),
  RESTART_JOB_AND_IGNORE_MAX_RESTARTS(
      "RestartJobAndIgnoreMaxRestarts", GroupOutcome.RESTART_ONE, false),
  FAIL_JOB("FailJob", GroupOutcome.FAIL_ONE, false);

  private final String word;
  private final GroupOutcome outcome;
  private final boolean counts;

  GroupAction(String word, GroupOutcome outcome, boolean counts) {
    this.word = word;
    this.outcome = outcome;
    this.counts = counts;
  }

  /** As files have it. */
  public String word() {
    return word;
  }

  /** What it does where no limit forbids it. */
  public GroupOutcome outcome() {
    return outcome;
  }

  /** Whether it asks and uses {@code maxRestarts}. */
  public boolean counts() {
    return counts;
  }

  /** Whether it starts anything again. */
  public boolean restarts() {
    return outcome == GroupOutcome.RESTART_ALL || outcome == GroupOutcome.RESTART_ONE;
  }
}
