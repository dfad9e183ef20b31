package io.faultline.rules.policy;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.retry.RetryMatcher;
import io.faultline.domain.retry.RetryRule;
import io.faultline.rules.cel.CelExpression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds rules that an earlier one, of the same policy or of one before it, always forestalls. */
public final class Forestalled {
  private static final String ANY = "";
  private static final List<EvidenceKind> NO_FAILURES =
      List.of(EvidenceKind.PREEMPTED, EvidenceKind.LEASE_RETURNED);

  /**
   * A rule that comes before.
   *
   * @param policy its policy's name
   */
  public record Earlier(String policy, RetryRule rule) {}

  /** Earlier rules by their category, as a rule is only forestalled by one with its own or none. */
  private final Map<String, List<Earlier>> earlier = new HashMap<>();

  /** The earlier rule that matches whenever this one does, which is noted; empty if none does. */
  public Optional<Earlier> by(String policy, RetryRule rule) {
    String category = category(rule);
    Optional<Earlier> found =
        (category.equals(ANY) ? Stream.of(ANY) : Stream.of(ANY, category))
            .flatMap(key -> earlier.getOrDefault(key, List.of()).stream())
            .filter(before -> forestalls(before.rule(), rule))
            .findFirst();
    earlier.computeIfAbsent(category, c -> new ArrayList<>()).add(new Earlier(policy, rule));
    return found;
  }

  private static String category(RetryRule rule) {
    return rule.matchers().get(0) instanceof RetryMatcher.OnCategory on ? on.category() : ANY;
  }

  private static boolean forestalls(RetryRule before, RetryRule rule) {
    return before.matchers().stream()
            .allMatch(
                wide ->
                    isAlwaysTrue(wide) || rule.matchers().stream().anyMatch(m -> m.within(wide)))
        && NO_FAILURES.stream().allMatch(kind -> before.names(kind) || !rule.names(kind));
  }

  private static boolean isAlwaysTrue(RetryMatcher matcher) {
    if (matcher instanceof RetryMatcher.OnKinds on) {
      return on.kinds().containsAll(Set.of(EvidenceKind.values()));
    }
    return matcher instanceof RetryMatcher.When when
        && when.expression() instanceof CelExpression expression
        && expression.alwaysHolds();
  }
}
