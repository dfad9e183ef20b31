package io.faultline.domain.retry;

import io.faultline.domain.retry.RetryMatcher.OnCategory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Those rules of a policy that are asked about some kinds of failure, numbered in their order. Ones
 * for a category are found by the failure's, so that the time does not grow with those for others.
 */
final class RetryRuleIndex {

  /**
   * A matcher as the trace tells of it.
   *
   * @param check the rule's name and the matcher's key
   * @param expected what the matcher asks for, cut
   * @param pattern where its pattern is known; null where it is not
   */
  record Question(
      RetryMatcher matcher, String check, String expected, PatternIndex.@Nullable Place pattern) {

    /** What the matcher says; it is not asked where its pattern can't match. */
    Expression.Answer answer(FailureSignals failure, PatternIndex.Found found) {
      return found.mayHold(matcher, pattern)
          ? matcher.answer(failure)
          : new Expression.Answer(false, matcher.saw(failure));
    }

    private boolean holds(FailureSignals failure, PatternIndex.Found found) {
      return found.mayHold(matcher, pattern) && matcher.holds(failure);
    }
  }

  /** A rule with its place in the policy. */
  private record Asked(int place, List<Question> questions) {
    boolean matches(FailureSignals failure, PatternIndex.Found found) {
      for (Question question : questions) {
        if (!question.holds(failure, found)) {
          return false;
        }
      }
      return true;
    }
  }

  private static final int[] NONE = {};

  private final List<Asked> asked = new ArrayList<>();
  private final Map<String, int[]> ofCategory = new HashMap<>();
  private final int[] ofAnyCategory;
  private final PatternIndex patterns;
  private final int passedOver;

  RetryRuleIndex(List<RetryRule> rules, Predicate<RetryRule> isAsked) {
    List<Integer> any = new ArrayList<>();
    Map<String, List<Integer>> categories = new HashMap<>();
    PatternIndex.Builder literals = new PatternIndex.Builder();
    for (int place = 0; place < rules.size(); place++) {
      RetryRule rule = rules.get(place);
      if (isAsked.test(rule)) {
        category(rule)
            .map(category -> categories.computeIfAbsent(category, c -> new ArrayList<>()))
            .orElse(any)
            .add(asked.size());
        asked.add(new Asked(place, questions(rule, literals)));
      }
    }
    categories.forEach((category, numbers) -> ofCategory.put(category, array(numbers)));
    ofAnyCategory = array(any);
    patterns = literals.build();
    passedOver = rules.size() - asked.size();
  }

  private static Optional<String> category(RetryRule rule) {
    return rule.matchers().stream()
        .filter(OnCategory.class::isInstance)
        .map(matcher -> ((OnCategory) matcher).category())
        .findFirst();
  }

  private static List<Question> questions(RetryRule rule, PatternIndex.Builder literals) {
    return rule.matchers().stream()
        .map(
            matcher ->
                new Question(
                    matcher,
                    rule.name() + "." + matcher.key(),
                    TraceStep.cut(matcher.expected()),
                    literals.add(matcher)))
        .toList();
  }

  private static int[] array(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  /** How many rules are asked. */
  int size() {
    return asked.size();
  }

  /** What a rule asks, by its number. */
  List<Question> questions(int number) {
    return asked.get(number).questions();
  }

  /** The place in the policy of the rule with a number. */
  int place(int number) {
    return asked.get(number).place();
  }

  /** How many rules before the one with a number are not asked; -1 for all of the policy. */
  int passedOver(int number) {
    return number < 0 ? passedOver : place(number) - number;
  }

  /** Which patterns of these rules may match. */
  PatternIndex.Found patternsIn(FailureSignals failure) {
    return patterns.in(failure);
  }

  /**
   * The number of the first rule that matches, from a number on; -1 where there is none.
   *
   * @param found of this failure
   */
  int firstMatch(FailureSignals failure, PatternIndex.Found found, int from) {
    int[] some = ofCategory.getOrDefault(failure.category(), NONE);
    int i = 0;
    int j = 0;
    while (i < some.length || j < ofAnyCategory.length) {
      boolean first = j == ofAnyCategory.length || (i < some.length && some[i] < ofAnyCategory[j]);
      int number = first ? some[i++] : ofAnyCategory[j++];
      if (number >= from && asked.get(number).matches(failure, found)) {
        return number;
      }
    }
    return -1;
  }
}
