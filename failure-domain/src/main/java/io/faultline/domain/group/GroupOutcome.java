package io.faultline.domain.group;

/** What a decision does to a set. */
public enum GroupOutcome {
  /** The set has failed; all its members end. */
  FAILED("failed"),

  /** Every job of the set is made again, in a new generation. */
  RESTART_ALL("restartAll"),

  /** The job to blame is made again, all others run on. */
  RESTART_ONE("restartOne"),

  /**
   * The job to blame has failed for good, the others run on; the set fails when they have ended.
   */
  FAIL_ONE("failOne");

  private final String word;

  GroupOutcome(String word) {
    this.word = word;
  }

  /** As {@code decide} prints it. */
  public String word() {
    return word;
  }

  /** Whether nothing is left to decide in this generation. */
  public boolean endsGeneration() {
    return this == FAILED || this == RESTART_ALL;
  }
}
