package io.faultline.domain.pattern;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sets that have a name in RE2, but those of Unicode: what {@code \d} or [:alpha:] holds. */
final class NamedSets {
  private static final CodePoints DIGIT = CodePoints.range('0', '9');
  private static final CodePoints UPPER = CodePoints.range('A', 'Z');
  private static final CodePoints LOWER = CodePoints.range('a', 'z');
  private static final CodePoints ALPHA = UPPER.or(LOWER);
  private static final CodePoints ALNUM = ALPHA.or(DIGIT);
  private static final CodePoints WORD = ALNUM.or(CodePoints.of('_'));
  private static final CodePoints GRAPH = CodePoints.range('!', '~');

  private static final Map<String, CodePoints> BY_NAME = new HashMap<>();

  static {
    BY_NAME.put("\\d", DIGIT);
    BY_NAME.put("\\s", CodePoints.of("\t\n\f\r "));
    BY_NAME.put("\\w", WORD);
    BY_NAME.put("[:alnum:]", ALNUM);
    BY_NAME.put("[:alpha:]", ALPHA);
    BY_NAME.put("[:ascii:]", CodePoints.range(0, 0x7F));
    BY_NAME.put("[:blank:]", CodePoints.of("\t "));
    BY_NAME.put("[:cntrl:]", CodePoints.range(0, 0x1F).or(CodePoints.of(0x7F)));
    BY_NAME.put("[:digit:]", DIGIT);
    BY_NAME.put("[:graph:]", GRAPH);
    BY_NAME.put("[:lower:]", LOWER);
    BY_NAME.put("[:print:]", GRAPH.or(CodePoints.of(' ')));
    BY_NAME.put("[:punct:]", GRAPH.without(ALNUM));
    BY_NAME.put("[:space:]", CodePoints.of("\t\n\u000B\f\r "));
    BY_NAME.put("[:upper:]", UPPER);
    BY_NAME.put("[:word:]", WORD);
    BY_NAME.put("[:xdigit:]", DIGIT.or(CodePoints.range('A', 'F')).or(CodePoints.range('a', 'f')));
  }

  private NamedSets() {}

  /**
   * The set that a name stands for.
   *
   * @param written as {@code \d}, {@code \D}, {@code [:alpha:]} or {@code [:^alpha:]}
   * @return null for a set of Unicode, and for no name
   */
  static @Nullable CodePoints of(String written, boolean foldCase) {
    boolean escape = written.startsWith("\\");
    boolean not = written.startsWith("[:^") || (escape && Character.isUpperCase(written.charAt(1)));
    String name = escape ? written.toLowerCase(Locale.ROOT) : written.replace("[:^", "[:");
    CodePoints set = BY_NAME.get(name);
    if (set == null) {
      return null;
    }
    CodePoints all = foldCase ? Folding.allCases(set) : set;
    return not ? all.not() : all;
  }
}
