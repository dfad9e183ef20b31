package io.faultline.domain.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses RE2 syntax as far as the literals of a pattern, its size and its repeats go. It is not the
 * judge of what is valid: what it can't make sense of is taken as any text, and RE2/J refuses it
 * afterwards where it must; only what RE2/J takes and Go doesn't is refused here.
 */
final class Re2Parser {
  private static final int DEEPEST = 1_000;

  /** RE2/J takes time quadratic in the length of a class: a second for one of this length. */
  private static final int LONGEST = 50_000;

  private final PatternReader in;
  private boolean foldCase;
  private int depth;

  private Re2Parser(String pattern) {
    this.in = new PatternReader(pattern);
  }

  /**
   * What was found.
   *
   * @param syntax of the whole pattern
   * @param plainer the same pattern in words that RE2/J takes
   */
  record Parsed(Syntax syntax, Plainer plainer) {}

  static Parsed parse(String pattern) {
    if (pattern.length() > LONGEST) {
      throw new BadPatternException(
          "not a pattern that can be run: it has more than " + LONGEST + " characters");
    }
    Re2Parser parser = new Re2Parser(pattern);
    Syntax syntax = parser.alternation();
    if (!parser.in.atEnd()) {
      syntax = Syntax.leaf(Literals.UNKNOWN); // an unmatched ")"; RE2/J says so
    }
    return new Parsed(syntax, parser.in.plainer());
  }

  private Syntax alternation() {
    List<Syntax> branches = new ArrayList<>();
    do {
      branches.add(concatenation());
    } while (in.skip("|"));
    return Syntax.alternate(branches);
  }

  private Syntax concatenation() {
    List<Syntax> parts = new ArrayList<>();
    while (!in.atEnd() && in.peek() != '|' && in.peek() != ')') {
      if (!repeat(parts)) {
        atom(parts);
      }
    }
    return parts.isEmpty() ? Syntax.leaf(Literals.EMPTY) : Syntax.concat(parts);
  }

  /** Applies a repeat to the last part. */
  private boolean repeat(List<Syntax> parts) {
    PatternReader.Repeat repeat = in.repeat();
    if (repeat == null) {
      return false;
    }
    if (parts.isEmpty()) {
      parts.add(Syntax.leaf(Literals.UNKNOWN)); // a missing argument; RE2/J says so
      return true;
    }
    int last = parts.size() - 1;
    Syntax part = parts.get(last);
    parts.set(
        last,
        repeat.counted()
            ? part.countedRepeat(repeat.min(), repeat.max(), repeat.written())
            : part.repeat(repeat.min(), repeat.max()));
    return true;
  }

  private void atom(List<Syntax> parts) {
    switch (in.peek()) {
      case '(' -> group(parts);
      case '[' -> parts.add(Syntax.leaf(new Re2Class(in, foldCase).parse()));
      case '\\' -> escape(parts);
      case '{' -> parts.add(leaf(in.bareSign()));
      case '.' -> {
        in.next();
        parts.add(Syntax.leaf(Literals.UNKNOWN));
      }
      case '^', '$' -> {
        in.next();
        parts.add(Syntax.leaf(Literals.EMPTY));
      }
      default -> {
        int start = in.at();
        parts.add(literal(in.next(), start));
      }
    }
  }

  private void group(List<Syntax> parts) {
    in.next();
    boolean outer = foldCase;
    if (in.skipGroupName()) {
      // its name matters to nobody here
    } else if (in.skip("?") && !flags()) {
      return; // flags for what follows, up to the end of the group around it
    }
    if (++depth > DEEPEST) {
      throw new BadPatternException("not an RE2 pattern: it nests more than " + DEEPEST + " deep");
    }
    Syntax inner = alternation();
    depth--;
    in.skip(")");
    foldCase = outer;
    parts.add(inner);
  }

  /** Reads flags; true where a group follows them, false where they stand alone. */
  private boolean flags() {
    boolean on = true;
    while (!in.atEnd()) {
      int c = in.next();
      switch (c) {
        case '-' -> on = false;
        case 'i' -> foldCase = on;
        case ':' -> {
          return true;
        }
        case ')' -> {
          return false;
        }
        default -> {} // m, s and U change no literal; others are refused by RE2/J
      }
    }
    return false;
  }

  private void escape(List<Syntax> parts) {
    int start = in.at();
    if (in.skip("\\Q")) {
      quoted(parts);
    } else if (in.skip("\\A") || in.skip("\\z") || in.skip("\\b") || in.skip("\\B")) {
      parts.add(Syntax.leaf(Literals.EMPTY));
    } else if (in.classEscape() != null) {
      parts.add(Syntax.leaf(Literals.UNKNOWN));
    } else {
      in.next();
      int c = in.escapedCharacter();
      parts.add(c < 0 ? Syntax.leaf(Literals.UNKNOWN) : literal(c, start));
    }
  }

  private void quoted(List<Syntax> parts) {
    while (!in.atEnd() && !in.skip("\\E")) {
      int start = in.at();
      parts.add(literal(in.next(), start, "\\E%s\\Q"));
    }
  }

  private Syntax literal(int c, int start) {
    return literal(c, start, "%s");
  }

  /**
   * A character that was just taken.
   *
   * @param start where it began
   * @param place how something else is put there
   */
  private Syntax literal(int c, int start, String place) {
    if (foldCase && c >= 0x80) {
      CodePoints itself = CodePoints.of(c);
      CodePoints cases = Folding.allCases(itself);
      if (Plainer.mistakes(itself, cases)) {
        in.plainer().mustReplace(start, in.at(), String.format(place, Plainer.exactly(cases)));
      }
    }
    return leaf(c);
  }

  private Syntax leaf(int c) {
    return Syntax.leaf(
        foldable(c, foldCase) ? Literals.character(Folding.fold(c)) : Literals.UNKNOWN);
  }

  /** Whether all that the character stands for folds to one; beyond ASCII that isn't asked. */
  static boolean foldable(int c, boolean foldCase) {
    return !foldCase || c < 0x80;
  }
}
