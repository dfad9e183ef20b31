package io.faultline.domain.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What RE2 takes as equal when case is ignored. */
final class Folding {
  private static final char KELVIN_SIGN = '\u212A';
  private static final char LONG_S = '\u017F';
  private static final int ASCII = 0x80;

  private Folding() {}

  /**
   * One character for all that equal an ASCII letter: the two cases, and for k and s the Kelvin
   * sign and the long s. All other characters stay as they are.
   */
  static char fold(char c) {
    if (c < ASCII) {
      return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
    if (c == KELVIN_SIGN) {
      return 'k';
    }
    return c == LONG_S ? 's' : c;
  }

  static String fold(int codePoint) {
    return Character.isBmpCodePoint(codePoint)
        ? String.valueOf(fold((char) codePoint))
        : Character.toString(codePoint);
  }

  /** The set with all that equals one of it. */
  static CodePoints allCases(CodePoints set) {
    if (set.ranges() == 0 || set.last(set.ranges() - 1) < ASCII) {
      CodePoints all = set;
      for (int c = 'a'; c <= 'z'; c++) {
        if (set.contains(c) || set.contains(c + ('A' - 'a'))) {
          all = all.or(asciiLetter(c));
        }
      }
      return all;
    }
    if (set.ranges() == 1 && set.first(0) == set.last(0)) {
      return Cases.OF.getOrDefault(set.first(0), set);
    }
    int[] missing = new int[Cases.PAIRS.size()];
    int size = 0;
    for (Pair pair : Cases.PAIRS) {
      if (set.contains(pair.one()) && !set.contains(pair.other())) {
        missing[size++] = pair.other();
      }
    }
    return set.or(CodePoints.of(Arrays.copyOf(missing, size)));
  }

  private static CodePoints asciiLetter(int small) {
    int capital = small + ('A' - 'a');
    return switch (small) {
      case 'k' -> CodePoints.of(small, capital, KELVIN_SIGN);
      case 's' -> CodePoints.of(small, capital, LONG_S);
      default -> CodePoints.of(small, capital);
    };
  }

  private record Pair(int one, int other) {}

  /** Read from the JDK's tables when a pattern first ignores the case of what is not ASCII. */
  private static final class Cases {
    private static final int DOTTED_CAPITAL_I = 0x130;
    private static final int DOTLESS_SMALL_I = 0x131;

    /** No letter beyond the first two planes has cases. */
    private static final int LAST = 0x1FFFF;

    /** For each code point that equals others, all of these and itself. */
    static final Map<Integer, CodePoints> OF = new HashMap<>();

    /** The same, as all pairs of two that are equal, either way round. */
    static final List<Pair> PAIRS = new ArrayList<>();

    static {
      Map<Integer, CodePoints> byKey = new HashMap<>();
      for (int c = 0; c <= LAST; c++) {
        int key = key(c);
        if (key != c) {
          byKey.merge(key, CodePoints.of(key, c), CodePoints::or);
        }
      }
      byKey.values().forEach(equal -> equal.each().forEach(c -> OF.put(c, equal)));
      OF.forEach(
          (c, equal) -> equal.each().filter(d -> d != c).forEach(d -> PAIRS.add(new Pair(c, d))));
    }

    /** The two letters i that are neither case of another letter equal nothing else. */
    private static int key(int c) {
      return c == DOTTED_CAPITAL_I || c == DOTLESS_SMALL_I
          ? c
          : Character.toLowerCase(Character.toUpperCase(c));
    }
  }
}
