package io.faultline.domain.retry;

import io.faultline.domain.evidence.EvidenceKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a retry policy.
 *
 * @param name shown wherever the rule is named; {@code rule-<index + 1>} where the file gives none
 * @param action what it asks for
 * @param matchers what it asks of a failure, at least one; all must hold
 * @param budget what its retries use
 * @param backoff how long its retries wait; null for the policy's
 * @param mutations how the next run differs where this rule's retry is granted
 */
public record RetryRule(
    String name,
    RetryAction action,
    List<RetryMatcher> matchers,
    Budget budget,
    @Nullable Backoff backoff,
    Mutations mutations) {

  /**
   * What a rule's retries use.
   *
   * @param retryLimit how many retries it can grant to a job; null for no limit of its own
   * @param countsTowardLimit whether they use the policy's budget too
   */
  public record Budget(@Nullable Integer retryLimit, boolean countsTowardLimit) {

    /** The policy's, and no other. */
    public static final Budget OF_POLICY = new Budget(null, true);

    /** Refuses a negative limit. */
    public Budget {
      if (retryLimit != null && retryLimit < 0) {
        throw new IllegalArgumentException("retryLimit must not be negative: " + retryLimit);
      }
    }
  }

  /** Copies the list; a rule without matchers is refused. */
  public RetryRule {
    matchers = List.copyOf(matchers);
    if (matchers.isEmpty()) {
      throw new IllegalArgumentException("a retry rule needs at least one matcher: " + name);
    }
  }

  /** Whether all its matchers hold. */
  public boolean matches(FailureSignals failure) {
    for (RetryMatcher matcher : matchers) {
      if (!matcher.holds(failure)) {
        return false;
      }
    }
    return true;
  }

  /** Whether {@code onConditions} or {@code onKinds} names this kind. */
  public boolean names(EvidenceKind kind) {
    return matchers.stream().anyMatch(m -> m.names(kind));
  }
}
