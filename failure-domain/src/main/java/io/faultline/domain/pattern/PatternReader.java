package io.faultline.domain.pattern;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a pattern from left to right, and what both a pattern and a class in it may hold. */
final class PatternReader {

  /**
   * How often what stands before is repeated.
   *
   * @param max -1 for without end
   * @param counted whether it was written with braces
   */
  record Repeat(int min, int max, boolean counted, String written) {}

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+");

  private final String pattern;
  private final Plainer plainer;
  private int at;

  PatternReader(String pattern) {
    this.pattern = pattern;
    plainer = new Plainer(pattern);
  }

  boolean atEnd() {
    return at >= pattern.length();
  }

  /** The next character, or -1 at the end. */
  int peek() {
    return atEnd() ? -1 : pattern.codePointAt(at);
  }

  /** Takes the next character; there must be one. */
  int next() {
    int c = pattern.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  boolean startsWith(String text) {
    return pattern.startsWith(text, at);
  }

  boolean skip(String text) {
    if (!startsWith(text)) {
      return false;
    }
    at += text.length();
    return true;
  }

  /** Where the next character stands. */
  int at() {
    return at;
  }

  /** What was written between a place and here. */
  String since(int start) {
    return pattern.substring(start, at);
  }

  /** Where the pattern is put in words that RE2/J takes. */
  Plainer plainer() {
    return plainer;
  }

  /** Takes {@code [:name:]} whole, as within a class; null where none is. */
  @Nullable String namedClass() {
    int end = startsWith("[:") ? pattern.indexOf(":]", at + 2) : -1;
    if (end < 0) {
      return null;
    }
    int start = at;
    at = end + 2;
    return since(start);
  }

  /**
   * Takes {@code ?P<name>} or {@code ?<name>}. Go takes a repeated name, RE2/J doesn't, and here
   * nobody asks for groups.
   */
  boolean skipGroupName() {
    int start = at;
    if (!skip("?P<") && !skip("?<")) {
      return false;
    }
    if (NAME.matcher(upTo(">")).matches()) {
      plainer.replace(start, at, "");
    }
    return true;
  }

  /**
   * Takes a sign that stands for itself although it looks like the start of something. RE2/J
   * refuses some of them: <code>{</code> before a repeat, {@code [} before a colon.
   */
  int bareSign() {
    plainer.replace(at, at, "\\");
    return next();
  }

  /** What stands before the text, or all that is left; goes past the text. */
  String upTo(String text) {
    int end = pattern.indexOf(text, at);
    String before = pattern.substring(at, end < 0 ? pattern.length() : end);
    at = end < 0 ? pattern.length() : end + text.length();
    return before;
  }

  /** Takes {@code *}, {@code +}, {@code ?} or {@code {n,m}}, lazy or not; null where none is. */
  @Nullable Repeat repeat() {
    int start = at;
    Repeat repeat =
        switch (peek()) {
          case '*' -> new Repeat(0, -1, false, "*");
          case '+' -> new Repeat(1, -1, false, "+");
          case '?' -> new Repeat(0, 1, false, "?");
          case '{' -> counted();
          default -> null;
        };
    if (repeat == null) {
      at = start;
      return null;
    }
    if (!repeat.counted()) {
      at++;
    }
    skip("?");
    return repeat;
  }

  /** {@code {n}}, {@code {n,}} or {@code {n,m}}; anything else is text. */
  private @Nullable Repeat counted() {
    int start = at++;
    int min = number();
    int max = min;
    if (min >= 0 && skip(",")) {
      max = startsWith("}") ? -1 : number();
      if (max == -2) {
        return null;
      }
    }
    return min >= 0 && skip("}") ? new Repeat(min, max, true, pattern.substring(start, at)) : null;
  }

  /** Decimal digits, as a number no greater than a million; -2 where there is no such number. */
  private int number() {
    int number = -2;
    if (peek() == '0' && at + 1 < pattern.length() && Character.isDigit(pattern.charAt(at + 1))) {
      return number; // with a leading zero the braces are text
    }
    while (peek() >= '0' && peek() <= '9') {
      number = Math.min(1_000_000, Math.max(0, number) * 10 + (next() - '0'));
    }
    return number;
  }

  /** Takes {@code \d} and the like, {@code \pL} and {@code \p{Greek}}; null where none is. */
  @Nullable String classEscape() {
    if (peek() != '\\' || at + 1 >= pattern.length()) {
      return null;
    }
    char kind = pattern.charAt(at + 1);
    boolean unicode = kind == 'p' || kind == 'P';
    if (!unicode && "dDsSwW".indexOf(kind) < 0) {
      return null;
    }
    int start = at;
    at += 2;
    if (unicode && skip("{")) {
      upTo("}");
    } else if (unicode && !atEnd()) {
      next();
    }
    return since(start);
  }

  /** The character of an escape whose backslash is taken; -1 where it is none that RE2 knows. */
  int escapedCharacter() {
    if (atEnd()) {
      return -1;
    }
    int c = next();
    if (c >= 0x80) {
      throw new BadPatternException(
          "not an RE2 pattern: invalid escape sequence: `\\" + Character.toString(c) + "`");
    }
    if (c >= '0' && c <= '7') {
      return octal(c);
    }
    return switch (c) {
      case 'x' -> hexadecimal();
      case 'a' -> 7;
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      default -> Character.isLetterOrDigit(c) ? -1 : c;
    };
  }

  private int octal(int first) {
    int value = first - '0';
    for (int i = 1; i < 3 && peek() >= '0' && peek() <= '7'; i++) {
      value = value * 8 + next() - '0';
    }
    return value;
  }

  private int hexadecimal() {
    String digits;
    if (skip("{")) {
      digits = upTo("}");
    } else {
      int end = Math.min(at + 2, pattern.length());
      digits = pattern.substring(at, end);
      at = end;
    }
    try {
      int value = Integer.parseInt(digits, 16);
      return value <= Character.MAX_CODE_POINT ? value : -1;
    } catch (NumberFormatException e) {
      return -1; // RE2/J says so
    }
  }
}
