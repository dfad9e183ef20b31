package io.faultline.rules.cel;

import java.util.List;
import java.util.stream.Collectors;

/** What an expression read, in a line for the trace of a decision. */
final class SawText {

  /** No longer than what the trace keeps of a value. */
  static final int LONGEST = 200;

  private static final int LONGEST_VALUE = 60;

  private SawText() {}

  static String of(List<Reading.Noted> noted) {
    StringBuilder text = new StringBuilder();
    for (Reading.Noted each : noted) {
      String next = (text.isEmpty() ? "" : ", ") + each.path() + " = " + value(each.value());
      if (text.length() + next.length() > LONGEST - 3) {
        return text.append(", …").toString();
      }
      text.append(next);
    }
    return text.toString();
  }

  /** With what went wrong before it. */
  static String error(String problem, String saw) {
    return cut(saw.isEmpty() ? problem : problem + "; " + saw, LONGEST);
  }

  private static String value(Object value) {
    if (value instanceof String text) {
      return '"' + cut(text, LONGEST_VALUE) + '"';
    }
    if (value instanceof List<?> items) {
      return cut(
          items.stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]")),
          LONGEST_VALUE);
    }
    return value.toString();
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
    return text.substring(0, end) + "…";
  }
}
