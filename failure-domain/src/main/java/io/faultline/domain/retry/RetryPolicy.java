package io.faultline.domain.retry;

import io.faultline.domain.evidence.EvidenceKind;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What operators say about trying failed runs again. Immutable; used by many threads at once. */
public final class RetryPolicy {
  private final String name;
  private final int retryLimit;
  private final RetryAction defaultAction;
  private final @Nullable Backoff backoff;
  private final List<RetryRule> rules;
  private final RetryRuleIndex all;
  private final RetryRuleIndex ofPreempted;
  private final RetryRuleIndex ofReturnedLeases;

  /**
   * Copies the list; a negative limit is refused.
   *
   * @param name a DNS label
   * @param retryLimit retries after the first failure; 0 never retries
   * @param defaultAction where no rule matches
   * @param backoff of the default action and of rules that have none; null for no wait
   * @param rules in the order of the file; the first that matches decides
   */
  public RetryPolicy(
      String name,
      int retryLimit,
      RetryAction defaultAction,
      @Nullable Backoff backoff,
      List<RetryRule> rules) {
    if (retryLimit < 0) {
      throw new IllegalArgumentException("retryLimit must not be negative: " + retryLimit);
    }
    this.name = name;
    this.retryLimit = retryLimit;
    this.defaultAction = defaultAction;
    this.backoff = backoff;
    this.rules = List.copyOf(rules);
    all = new RetryRuleIndex(this.rules, rule -> true);
    ofPreempted = new RetryRuleIndex(this.rules, rule -> rule.names(EvidenceKind.PREEMPTED));
    ofReturnedLeases =
        new RetryRuleIndex(this.rules, rule -> rule.names(EvidenceKind.LEASE_RETURNED));
  }

  /** A DNS label. */
  public String name() {
    return name;
  }

  /** Retries after the first failure; 0 never retries. */
  public int retryLimit() {
    return retryLimit;
  }

  /** Where no rule matches. */
  public RetryAction defaultAction() {
    return defaultAction;
  }

  /** How long retries by the default action wait, and by rules that have no backoff; or null. */
  public @Nullable Backoff backoff() {
    return backoff;
  }

  /** In the order of the file; the first that matches decides. */
  public List<RetryRule> rules() {
    return rules;
  }

  /** All rules; of a run that ended without failing those that name its kind. */
  RetryRuleIndex rulesFor(EvidenceKind kind) {
    return switch (kind) {
      case PREEMPTED -> ofPreempted;
      case LEASE_RETURNED -> ofReturnedLeases;
      default -> all;
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RetryPolicy that
        && name.equals(that.name)
        && retryLimit == that.retryLimit
        && defaultAction == that.defaultAction
        && Objects.equals(backoff, that.backoff)
        && rules.equals(that.rules);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, retryLimit, defaultAction, backoff, rules);
  }

  @Override
  public String toString() {
    return name + " (" + rules.size() + " rules, at most " + retryLimit + " retries)";
  }
}
