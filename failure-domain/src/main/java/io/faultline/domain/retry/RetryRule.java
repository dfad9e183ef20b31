package io.faultline.domain.retry;

import io.faultline.domain.evidence.EvidenceKind;
import java.util.List;

/**
 * One rule of a retry policy.
 *
 * @param name shown wherever the rule is named; {@code rule-<index + 1>} where the file gives none
 * @param action what it asks for
 * @param matchers what it asks of a failure, at least one; all must hold
 * @param mutations how the next run differs where this rule's retry is granted
 */
public record RetryRule(
    String name, RetryAction action, List<RetryMatcher> matchers, Mutations mutations) {

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
