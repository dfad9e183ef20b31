package io.faultline.domain.retry;

import java.util.List;

/**
 * What operators say about trying failed runs again.
 *
 * @param name a DNS label
 * @param retryLimit retries after the first failure; 0 never retries
 * @param defaultAction where no rule matches
 * @param rules in the order of the file; the first that matches decides
 */
public record RetryPolicy(
    String name, int retryLimit, RetryAction defaultAction, List<RetryRule> rules) {

  /** Copies the list; a negative limit is refused. */
  public RetryPolicy {
    rules = List.copyOf(rules);
    if (retryLimit < 0) {
      throw new IllegalArgumentException("retryLimit must not be negative: " + retryLimit);
    }
  }
}
