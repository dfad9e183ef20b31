package io.faultline.domain.pattern;

import java.util.BitSet;

/**
 * How a pattern has its letters: with their case, as {@code B}, and without, as {@code (?i:b)} or
 * {@code [Bb]}. RE2/J 1.8 takes both for the same where they begin alternatives, and then finds too
 * much or too little.
 */
final class LetterForms {
  private static final int MOST_CASES = 4;

  private final CodePoints mistakable;
  private final BitSet withCase = new BitSet();
  private final BitSet withoutCase = new BitSet();
  private boolean alternatives;

  /**
   * For one reading of a pattern.
   *
   * @param mistakable what an earlier reading found in both forms
   */
  LetterForms(CodePoints mistakable) {
    this.mistakable = mistakable;
  }

  /** The pattern has alternatives. */
  void alternatives() {
    alternatives = true;
  }

  /**
   * One character of a set stands in the pattern.
   *
   * @return whether it is a letter without case that RE2/J may mistake
   */
  boolean mistaken(CodePoints set) {
    if (set.ranges() == 0 || set.ranges() > MOST_CASES) {
      return false;
    }
    CodePoints first = CodePoints.of(set.first(0));
    if (set.equals(first)) {
      withCase.set(set.first(0));
      return false;
    }
    if (!set.equals(Folding.allCases(first))) {
      return false;
    }
    set.each().forEach(withoutCase::set);
    return set.intersects(mistakable);
  }

  /** What stands in the pattern in both forms, of which RE2/J may make one. */
  CodePoints inBothForms() {
    if (!alternatives) {
      return CodePoints.NONE;
    }
    BitSet both = (BitSet) withCase.clone();
    both.and(withoutCase);
    return CodePoints.of(both.stream().toArray());
  }
}
