package io.faultline.domain.retry;

/**
 * A condition that operators write in a language of their own, over everything that is known of a
 * failure. Its language lives outside of the domain. Pure, and used by many threads at once.
 */
public interface Expression {

  /** As it was written. */
  String source();

  /**
   * What it says of a failure. Never throws: an expression that fails, or that costs more than it
   * may, does not hold, and says why.
   */
  Answer ask(FailureContext failure);

  /**
   * What a matcher says of a failure.
   *
   * @param holds whether the failure is as asked
   * @param saw the values it looked at, or what went wrong
   */
  record Answer(boolean holds, String saw) {}
}
