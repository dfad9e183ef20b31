package io.faultline.domain.resources;

import org.jspecify.annotations.Nullable;

/** How an amount that a job asks for grows, once for each granted retry whose rule says so. */
public sealed interface Growth {

  /** What grows. */
  Amount amount();

  /**
   * What it does not grow above, in each container; null for no bound. An amount that was submitted
   * above it stays as it is.
   */
  @Nullable Quantity max();

  /**
   * Whether a job that grew by the other one may grow by this one too: one kind of growth of an
   * amount is all that a job gets.
   */
  default boolean goesWith(Growth other) {
    return amount() != other.amount() || getClass().equals(other.getClass());
  }

  /**
   * By a factor, each container by itself.
   *
   * @param factor as written in the file, a decimal number greater than 1
   */
  record Factor(Amount amount, String factor, @Nullable Quantity max) implements Growth {}

  /**
   * By a fixed amount: shared among regular containers by their requests, and all of it to each
   * init container.
   *
   * @param more greater than 0
   */
  record Fixed(Amount amount, Quantity more, @Nullable Quantity max) implements Growth {}
}
