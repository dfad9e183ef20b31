package io.faultline.domain.pattern;

import java.util.Set;
import java.util.TreeSet;

/** Parses a character class; a small one is known by its characters, any other is any text. */
final class Re2Class {
  private static final int MOST_CHARACTERS = 8;

  private final PatternReader in;
  private final boolean foldCase;
  private final Set<String> characters = new TreeSet<>();
  private boolean known = true;

  Re2Class(PatternReader in, boolean foldCase) {
    this.in = in;
    this.foldCase = foldCase;
  }

  Literals parse() {
    in.next();
    if (in.skip("^")) {
      known = false;
    }
    boolean first = true;
    while (!in.atEnd() && (first || in.peek() != ']')) {
      first = false;
      if (in.skipNamedClass() || in.skipClassEscape()) {
        known = false;
      } else {
        range();
      }
    }
    in.skip("]");
    return known ? Literals.exactly(Set.copyOf(characters)) : Literals.UNKNOWN;
  }

  private void range() {
    int low = character();
    int high = low;
    if (in.startsWith("-") && !in.startsWith("-]")) {
      in.skip("-");
      high = in.atEnd() ? -1 : character();
    }
    if (low < 0 || high < low || high - low >= MOST_CHARACTERS) {
      known = false;
      return;
    }
    for (int c = low; c <= high; c++) {
      known &= Re2Parser.foldable(c, foldCase);
      characters.add(Folding.fold(c));
    }
    known &= characters.size() <= MOST_CHARACTERS;
  }

  private int character() {
    if (in.skip("\\")) {
      return in.escapedCharacter();
    }
    return in.peek() == '[' ? in.bareSign() : in.next();
  }
}
