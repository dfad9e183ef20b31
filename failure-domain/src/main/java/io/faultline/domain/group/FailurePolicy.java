package io.faultline.domain.group;

import java.util.List;

/**
 * What a set does when members fail. Where no rule matches, the whole set is started again, which
 * counts.
 *
 * @param maxRestarts how many restarts that count it has, of the set and of single jobs together; 0
 *     for none
 * @param rules in the order of the file; the first that matches decides
 */
public record FailurePolicy(int maxRestarts, List<FailurePolicyRule> rules) {

  /** Copies the list; a negative number of restarts is refused. */
  public FailurePolicy {
    rules = List.copyOf(rules);
    if (maxRestarts < 0) {
      throw new IllegalArgumentException("maxRestarts must not be negative: " + maxRestarts);
    }
  }
}
