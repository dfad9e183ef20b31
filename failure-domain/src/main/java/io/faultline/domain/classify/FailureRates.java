package io.faultline.domain.classify;

/**
 * How many failures fell into the hour of a failure, as far as was known when it was classified.
 * Approximate: not for budgets.
 *
 * @param queueCategoryHour those of its queue with its category
 * @param nodeHour those on its node; 0 where the node is not known
 */
public record FailureRates(long queueCategoryHour, long nodeHour) {

  /** Nothing is known. */
  public static final FailureRates UNKNOWN = new FailureRates(0, 0);
}
