package io.faultline.domain.pattern;

import java.util.Set;
import java.util.TreeSet;

/**
 * Parses a character class. A small one is known by its characters, any other is any text. Where
 * RE2/J would never end reading it, or mistake it, it is written out.
 */
final class Re2Class {
  private static final int MOST_CHARACTERS = 8;

  private final PatternReader in;
  private final boolean foldCase;
  private final LetterForms letters;
  private final Set<String> characters = new TreeSet<>();
  private boolean known = true;

  /** What its characters, ranges and named sets hold, other cases included. */
  private CodePoints set = CodePoints.NONE;

  /** As written: its sets of Unicode, and what RE2/J will refuse. */
  private final StringBuilder others = new StringBuilder();

  /** Whether RE2/J would not end reading it. */
  private boolean unending;

  /** Whether RE2/J does not know all cases of what it holds. */
  private boolean unequal;

  Re2Class(PatternReader in, boolean foldCase, LetterForms letters) {
    this.in = in;
    this.foldCase = foldCase;
    this.letters = letters;
  }

  Syntax parse() {
    int start = in.at();
    in.next();
    boolean not = in.skip("^");
    known = !not;
    boolean first = true;
    while (!in.atEnd() && (first || in.peek() != ']')) {
      first = false;
      String name = in.namedClass();
      name = name == null ? in.classEscape() : name;
      if (name != null) {
        named(name);
      } else {
        range();
      }
    }
    boolean closed = in.skip("]");
    boolean alone = !not && others.isEmpty();
    if (unequal || (alone && letters.mistaken(set))) {
      writeOut(start, closed, not);
    }
    Literals literals = known ? Literals.exactly(Set.copyOf(characters)) : Literals.UNKNOWN;
    return others.isEmpty()
        ? Syntax.character(literals, not ? set.not() : set)
        : Syntax.leaf(literals, null);
  }

  private void named(String name) {
    known = false;
    CodePoints named = NamedSets.of(name, foldCase);
    if (named == null) {
      others.append(name);
    } else {
      set = set.or(named);
    }
  }

  private void range() {
    int start = in.at();
    int low = character();
    int high = low;
    if (in.startsWith("-") && !in.startsWith("-]")) {
      in.skip("-");
      high = in.atEnd() ? -1 : character();
    }
    if (low < 0 || high < low) {
      known = false;
      others.append(in.since(start));
      return;
    }
    add(CodePoints.range(low, high));
    if (high - low >= MOST_CHARACTERS) {
      known = false;
      return;
    }
    for (int c = low; c <= high; c++) {
      known &= Re2Parser.foldable(c, foldCase);
      characters.add(Folding.fold(c));
    }
    known &= characters.size() <= MOST_CHARACTERS;
  }

  private void add(CodePoints range) {
    CodePoints all = foldCase ? Folding.allCases(range) : range;
    unending |= foldCase && range.intersects(Plainer.UNENDING);
    unequal |= foldCase && Plainer.mistakes(range, all);
    set = set.or(all);
  }

  private int character() {
    if (in.skip("\\")) {
      return in.escapedCharacter();
    }
    return in.peek() == '[' ? in.bareSign() : in.next();
  }

  /**
   * A set of Unicode can't be written out. Without it the characters in question are one more
   * alternative; where the class is negated there are no alternatives, so that it is refused, or
   * goes without them where RE2/J does end.
   */
  private void writeOut(int start, boolean closed, boolean not) {
    String itself = Plainer.exactly(not ? set.not() : set);
    if (!closed) {
      in.plainer().mustReplace(start, in.at(), "["); // RE2/J says what is missing
    } else if (others.isEmpty()) {
      in.plainer().mustReplace(start, in.at(), itself);
    } else if (!not) {
      in.plainer().mustReplace(start, in.at(), "(?:[" + others + "]|" + itself + ")");
    } else if (unending) {
      throw new BadPatternException(
          "not a pattern that can be run: `"
              + in.since(start)
              + "` ignores case and leaves out both "
              + others
              + " and some of U+1C80 to U+1C88");
    }
  }
}
