package io.faultline.domain.pattern;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;

/** Random patterns, of what RE2 and its readers find hard, and texts of the same characters. */
final class RandomPatterns implements ArbitrarySupplier<String> {

  private static final int DEEPEST = 3;

  private static final Arbitrary<String> LEAVES =
      oneOf(
          """
          a a b b B k S \u212a \u017f é ß в \u1c80 😀 . . { \\. \\n \\x61 \\x{D83D} \\Qa.\\E
          [ab] [Bb] [^a] [k-m] [^\\n] []k] [[:] [[:^digit:]k] [a-\\x{1000}] [😀-😂]
          [^\\x{D800}-\\x{DFFF}] \\d \\W \\s \\pL (?i) (?-i) (?s) (?-s) ^ $ \\A \\z \\b () a{0} b{00}
          """);

  private static final Arbitrary<String> REPEATS = oneOf("* + ? {2} {1,} {0,2} {0} {3,5} *? ??");

  private static Arbitrary<String> oneOf(String words) {
    return Arbitraries.of(words.strip().split("\\s+"));
  }

  @Override
  public Arbitrary<String> get() {
    return tree(DEEPEST).filter(RandomPatterns::compiles);
  }

  private static Arbitrary<String> tree(int depth) {
    if (depth == 0) {
      return LEAVES;
    }
    Arbitrary<String> inner = tree(depth - 1);
    Arbitrary<String> two = Combinators.combine(inner, inner).as((a, b) -> a + b);
    return Arbitraries.oneOf(
        LEAVES,
        two,
        two,
        Combinators.combine(inner, inner).as((a, b) -> "(?:" + a + "|" + b + ")"),
        inner.map(a -> "(?i:" + a + ")"),
        Combinators.combine(inner, REPEATS).as((a, repeat) -> "(" + a + ")" + repeat));
  }

  private static boolean compiles(String pattern) {
    try {
      Re2Pattern.compile(pattern);
      return true;
    } catch (BadPatternException e) {
      return false;
    }
  }

  /** Texts that such patterns may be found in. */
  static final class Texts implements ArbitrarySupplier<String> {

    private static final int LONGEST = 9;

    @Override
    public Arbitrary<String> get() {
      return Arbitraries.of(
              "a", "a", "b", "b", "ab", "A", "B", "k", "K", "l", "s", "S", "\u212a", "\u017f", "é",
              "É", "ß", "ẞ", "в", "\u1c80", "Ǆ", ".", "\n", "\r", " ", "_", "1", "😀", "😁", "😃",
              "\ud83d", "\ude00", "\ud800", "\udfff", "\u0fff", "\uffff", "{", "{00}", "[", "]",
              ":")
          .list()
          .ofMaxSize(LONGEST)
          .map(parts -> String.join("", parts));
    }
  }
}
