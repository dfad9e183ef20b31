package io.faultline.domain.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses RE2 syntax as far as the literals of a pattern, its shape, its size and its repeats go. It
 * is not the judge of what is valid: what it can't make sense of is taken as any text, and RE2/J
 * refuses it afterwards where it must; only what RE2/J takes and Go doesn't is refused here.
 */
final class Re2Parser {
  private static final int DEEPEST = 1_000;

  /** RE2/J takes time quadratic in the length of a class: a second for one of this length. */
  private static final int LONGEST = 50_000;

  private final PatternReader in;
  private final LetterForms letters;
  private Flags flags = new Flags(false, false, false);
  private int depth;

  private Re2Parser(String pattern, CodePoints mistakable) {
    this.in = new PatternReader(pattern);
    this.letters = new LetterForms(mistakable);
  }

  /** How patterns are read from here to the end of the group. */
  private record Flags(boolean foldCase, boolean dotAll, boolean multiLine) {
    Flags with(int flag, boolean on) {
      return switch (flag) {
        case 'i' -> new Flags(on, dotAll, multiLine);
        case 's' -> new Flags(foldCase, on, multiLine);
        case 'm' -> new Flags(foldCase, dotAll, on);
        default -> this; // U changes nothing of what is found; others are refused by RE2/J
      };
    }
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
    Re2Parser parser = new Re2Parser(pattern, CodePoints.NONE);
    Parsed parsed = parser.parse();
    CodePoints mistakable = parser.letters.inBothForms();
    return mistakable.ranges() == 0 ? parsed : new Re2Parser(pattern, mistakable).parse();
  }

  private Parsed parse() {
    Syntax syntax = alternation();
    if (!in.atEnd()) {
      syntax = Syntax.unknown(); // an unmatched ")"; RE2/J says so
    }
    return new Parsed(syntax, in.plainer());
  }

  private Syntax alternation() {
    List<Syntax> branches = new ArrayList<>();
    branches.add(concatenation());
    while (in.skip("|")) {
      letters.alternatives();
      branches.add(concatenation());
    }
    return Syntax.alternate(branches);
  }

  private Syntax concatenation() {
    List<Syntax> parts = new ArrayList<>();
    while (!in.atEnd() && in.peek() != '|' && in.peek() != ')') {
      if (!repeat(parts)) {
        atom(parts);
      }
    }
    return parts.isEmpty() ? Syntax.leaf(Literals.EMPTY, Shape.EMPTY) : Syntax.concat(parts);
  }

  /** Applies a repeat to the last part. */
  private boolean repeat(List<Syntax> parts) {
    PatternReader.Repeat repeat = in.repeat();
    if (repeat == null) {
      return false;
    }
    if (parts.isEmpty()) {
      parts.add(Syntax.unknown()); // a missing argument; RE2/J says so
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
      case '[' -> parts.add(new Re2Class(in, flags.foldCase(), letters).parse());
      case '\\' -> escape(parts);
      case '{' -> parts.add(literal(in.bareSign(), in.at()));
      case '.' -> {
        in.next();
        CodePoints set = flags.dotAll() ? CodePoints.ANY : CodePoints.of('\n').not();
        parts.add(Syntax.character(Literals.UNKNOWN, set));
      }
      case '^', '$' -> {
        Shape place = in.next() == '^' ? Shape.Place.START : Shape.Place.END;
        parts.add(Syntax.leaf(Literals.EMPTY, flags.multiLine() ? null : place));
      }
      default -> {
        int start = in.at();
        parts.add(literal(in.next(), start));
      }
    }
  }

  private void group(List<Syntax> parts) {
    in.next();
    Flags outer = flags;
    if (in.skipGroupName()) {
      // its name matters to nobody here
    } else if (in.skip("?") && !takeFlags()) {
      return; // flags for what follows, up to the end of the group around it
    }
    if (++depth > DEEPEST) {
      throw new BadPatternException("not an RE2 pattern: it nests more than " + DEEPEST + " deep");
    }
    Syntax inner = alternation();
    depth--;
    in.skip(")");
    flags = outer;
    parts.add(inner);
  }

  /** Reads flags; true where a group follows them, false where they stand alone. */
  private boolean takeFlags() {
    boolean on = true;
    while (!in.atEnd()) {
      int c = in.next();
      switch (c) {
        case '-' -> on = false;
        case ':' -> {
          return true;
        }
        case ')' -> {
          return false;
        }
        default -> flags = flags.with(c, on);
      }
    }
    return false;
  }

  private void escape(List<Syntax> parts) {
    int start = in.at();
    if (in.skip("\\Q")) {
      quoted(parts);
    } else if (in.skip("\\A")) {
      parts.add(Syntax.leaf(Literals.EMPTY, Shape.Place.START));
    } else if (in.skip("\\z")) {
      parts.add(Syntax.leaf(Literals.EMPTY, Shape.Place.END));
    } else if (in.skip("\\b") || in.skip("\\B")) {
      parts.add(Syntax.leaf(Literals.EMPTY, null));
    } else {
      escapedCharacters(parts, start);
    }
  }

  private void escapedCharacters(List<Syntax> parts, int start) {
    String name = in.classEscape();
    if (name != null) {
      CodePoints set = NamedSets.of(name, flags.foldCase());
      parts.add(set == null ? Syntax.unknown() : Syntax.character(Literals.UNKNOWN, set));
    } else {
      in.next();
      int c = in.escapedCharacter();
      parts.add(c < 0 ? Syntax.unknown() : literal(c, start));
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
    CodePoints itself = CodePoints.of(c);
    CodePoints cases = flags.foldCase() ? Folding.allCases(itself) : itself;
    if (letters.mistaken(cases)
        || (flags.foldCase() && c >= 0x80 && Plainer.mistakes(itself, cases))) {
      in.plainer().mustReplace(start, in.at(), String.format(place, Plainer.exactly(cases)));
    }
    Literals literals =
        foldable(c, flags.foldCase()) ? Literals.character(Folding.fold(c)) : Literals.UNKNOWN;
    return Syntax.character(literals, cases);
  }

  /** Whether all that the character stands for folds to one; beyond ASCII that isn't asked. */
  static boolean foldable(int c, boolean foldCase) {
    return !foldCase || c < 0x80;
  }
}
