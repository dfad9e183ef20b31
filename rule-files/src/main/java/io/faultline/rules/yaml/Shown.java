package io.faultline.rules.yaml;

/** A value as a message shows it: on one line, no longer than a line, nothing unprintable. */
final class Shown {
  private static final int LONGEST = 80;

  private Shown() {}

  static String text(String text) {
    StringBuilder shown = new StringBuilder();
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      if (at + Character.charCount(c) > LONGEST) {
        return shown.append('…').toString();
      }
      if (c == '\n') {
        shown.append("\\n");
      } else if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
        shown.append(String.format("\\u%04x", c));
      } else {
        shown.appendCodePoint(c);
      }
      at += Character.charCount(c);
    }
    return shown.toString();
  }
}
