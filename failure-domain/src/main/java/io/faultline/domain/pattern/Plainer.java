package io.faultline.domain.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern in other words of the same meaning, because RE2/J 1.8 does not take all that Go takes:
 * it refuses a repeated group name and some signs that stand for themselves; where case is ignored
 * it never ends reading {@link #UNENDING}, and forgets the cases of some others; and it mistakes
 * some of {@link LetterForms}.
 */
final class Plainer {

  /**
   * Small letters that Unicode has since version 9. Each has the capital of another small letter,
   * and RE2/J, going from case to case, waits to come back to the one it began with.
   */
  static final CodePoints UNENDING = CodePoints.range(0x1C80, 0x1C88);

  /** Where RE2/J does not look for other cases within a class or an alternative. */
  private static final CodePoints UNFOLDED = CodePoints.range(0x10450, Character.MAX_CODE_POINT);

  /** RE2/J takes time quadratic in the length of classes: half a second for this many. */
  private static final int MOST_CHARS = 50_000;

  private record Change(int start, int end, String text) {}

  private final String pattern;
  private final List<Change> changes = new ArrayList<>();
  private boolean needed;
  private int chars;

  Plainer(String pattern) {
    this.pattern = pattern;
  }

  /** Has other words stand for a part of the pattern, and for what was changed within it. */
  void replace(int start, int end, String text) {
    while (!changes.isEmpty() && changes.get(changes.size() - 1).start() >= start) {
      changes.remove(changes.size() - 1);
    }
    changes.add(new Change(start, end, text));
  }

  /** As {@link #replace}, where the pattern as it is written must not be tried. */
  void mustReplace(int start, int end, String text) {
    replace(start, end, text);
    needed = true;
    chars += text.length();
    if (chars > MOST_CHARS) {
      throw new BadPatternException(
          "not a pattern that can be run: ignoring case, it has too many large classes");
    }
  }

  /** Whether RE2/J does not know all cases of a set. */
  static boolean mistakes(CodePoints set, CodePoints allCases) {
    return allCases.intersects(UNENDING) || allCases.without(set).intersects(UNFOLDED);
  }

  /**
   * Words for one of a set, whether or not case is ignored around them. They are a group of their
   * own, so that RE2/J joins them with no alternative and forgets cases over it.
   */
  static String exactly(CodePoints set) {
    return "((?-i)" + set.written() + ")";
  }

  /** Whether only the other words may be compiled. */
  boolean needed() {
    return needed;
  }

  /** The whole pattern in other words. */
  String text() {
    StringBuilder text = new StringBuilder();
    int copied = 0;
    for (Change change : changes) {
      text.append(pattern, copied, change.start()).append(change.text());
      copied = change.end();
    }
    return text.append(pattern, copied, pattern.length()).toString();
  }
}
