package io.faultline.domain.retry;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.pattern.Re2Pattern;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One thing that a retry rule asks of a failure. All matchers of a rule must hold. */
public sealed interface RetryMatcher {

  /** The key in files, for example {@code onExitCodes}. */
  String key();

  /** Whether the failure is as asked. */
  boolean holds(FailureSignals failure);

  /** What of the failure it looks at, for the trace. */
  String saw(FailureSignals failure);

  /** Both at once, where asking twice would cost twice. */
  default Expression.Answer answer(FailureSignals failure) {
    return new Expression.Answer(holds(failure), saw(failure));
  }

  /** What it asks for, for the trace. */
  String expected();

  /** Whether the other one holds wherever this one does, as far as can be told from their words. */
  boolean within(RetryMatcher other);

  /** Whether it names the kind of a run that ended without failing: preempted or returned. */
  default boolean names(EvidenceKind kind) {
    return false;
  }

  /** The category, exactly. */
  record OnCategory(String category) implements RetryMatcher {
    @Override
    public boolean within(RetryMatcher other) {
      return equals(other);
    }

    @Override
    public String key() {
      return "onCategory";
    }

    @Override
    public boolean holds(FailureSignals failure) {
      return category.equals(failure.category());
    }

    @Override
    public String saw(FailureSignals failure) {
      return failure.category();
    }

    @Override
    public String expected() {
      return category;
    }
  }

  /** The subcategory, exactly. */
  record OnSubcategory(String subcategory) implements RetryMatcher {
    @Override
    public boolean within(RetryMatcher other) {
      return equals(other);
    }

    @Override
    public String key() {
      return "onSubcategory";
    }

    @Override
    public boolean holds(FailureSignals failure) {
      return subcategory.equals(failure.subcategory());
    }

    @Override
    public String saw(FailureSignals failure) {
      return failure.subcategory();
    }

    @Override
    public String expected() {
      return subcategory;
    }
  }

  /** Any one of the kinds. */
  record OnKinds(Set<EvidenceKind> kinds) implements RetryMatcher {
    public OnKinds {
      kinds = Set.copyOf(EnumSet.copyOf(kinds));
    }

    @Override
    public boolean within(RetryMatcher other) {
      return other instanceof OnKinds wide && wide.kinds.containsAll(kinds);
    }

    @Override
    public String key() {
      return "onKinds";
    }

    @Override
    public boolean holds(FailureSignals failure) {
      return kinds.contains(failure.kind());
    }

    @Override
    public String saw(FailureSignals failure) {
      return failure.kind().word();
    }

    @Override
    public String expected() {
      return kinds.stream()
          .sorted()
          .map(EvidenceKind::word)
          .collect(Collectors.joining(", ", "any of ", ""));
    }

    @Override
    public boolean names(EvidenceKind kind) {
      return kinds.contains(kind);
    }
  }

  /** Any one of the conditions. */
  record OnConditions(Set<RetryCondition> conditions) implements RetryMatcher {
    public OnConditions {
      conditions = Set.copyOf(EnumSet.copyOf(conditions));
    }

    @Override
    public boolean within(RetryMatcher other) {
      return other instanceof OnConditions wide && wide.conditions.containsAll(conditions);
    }

    @Override
    public String key() {
      return "onConditions";
    }

    @Override
    public boolean holds(FailureSignals failure) {
      return failure.conditions().stream().anyMatch(conditions::contains);
    }

    @Override
    public String saw(FailureSignals failure) {
      return words(failure.conditions());
    }

    @Override
    public String expected() {
      return "any of " + words(conditions);
    }

    @Override
    public boolean names(EvidenceKind kind) {
      return (kind == EvidenceKind.PREEMPTED && conditions.contains(RetryCondition.PREEMPTED))
          || (kind == EvidenceKind.LEASE_RETURNED
              && conditions.contains(RetryCondition.LEASE_RETURNED));
    }

    private static String words(Set<RetryCondition> conditions) {
      return conditions.stream()
          .sorted()
          .map(RetryCondition::word)
          .collect(Collectors.joining(", "));
    }
  }

  /**
   * The first non-zero exit code; a failure without one never matches.
   *
   * @param in true for In, false for NotIn
   */
  record OnExitCodes(boolean in, Set<Integer> values) implements RetryMatcher {
    public OnExitCodes {
      values = Set.copyOf(values);
    }

    @Override
    public boolean within(RetryMatcher other) {
      if (!(other instanceof OnExitCodes wide)) {
        return false;
      }
      if (in) {
        return values.stream().allMatch(code -> wide.values.contains(code) == wide.in);
      }
      return !wide.in && values.containsAll(wide.values);
    }

    @Override
    public String key() {
      return "onExitCodes";
    }

    @Override
    public boolean holds(FailureSignals failure) {
      Integer exitCode = failure.exitCode();
      return exitCode != null && values.contains(exitCode) == in;
    }

    @Override
    public String saw(FailureSignals failure) {
      Integer exitCode = failure.exitCode();
      return exitCode == null ? "" : exitCode.toString();
    }

    @Override
    public String expected() {
      return (in ? "In " : "NotIn ") + new TreeSet<>(values);
    }
  }

  /** The first non-empty termination message; an empty one matches no pattern, not even .*. */
  record OnTerminationMessage(Re2Pattern pattern) implements RetryMatcher, PatternIndex.Sought {
    @Override
    public boolean within(RetryMatcher other) {
      return equals(other);
    }

    @Override
    public String key() {
      return "onTerminationMessagePattern";
    }

    @Override
    public boolean holds(FailureSignals failure) {
      return pattern.findNonEmpty(failure.terminationMessage());
    }

    @Override
    public String saw(FailureSignals failure) {
      return failure.terminationMessage();
    }

    @Override
    public String expected() {
      return pattern.source();
    }
  }

  /** The message that the executor itself captured; an empty one matches no pattern. */
  record OnPodError(Re2Pattern pattern) implements RetryMatcher, PatternIndex.Sought {
    @Override
    public boolean within(RetryMatcher other) {
      return equals(other);
    }

    @Override
    public String key() {
      return "onPodError";
    }

    @Override
    public boolean holds(FailureSignals failure) {
      return pattern.findNonEmpty(failure.podError());
    }

    @Override
    public String saw(FailureSignals failure) {
      return failure.podError();
    }

    @Override
    public String expected() {
      return pattern.source();
    }
  }

  /** An expression over all that is known. */
  record When(Expression expression) implements RetryMatcher {
    @Override
    public boolean within(RetryMatcher other) {
      return other instanceof When wide && wide.expression.source().equals(expression.source());
    }

    @Override
    public String key() {
      return "when";
    }

    @Override
    public boolean holds(FailureSignals failure) {
      return answer(failure).holds();
    }

    @Override
    public String saw(FailureSignals failure) {
      return answer(failure).saw();
    }

    @Override
    public Expression.Answer answer(FailureSignals failure) {
      return expression.ask(failure.context());
    }

    @Override
    public String expected() {
      return expression.source();
    }
  }
}
