package io.faultline.domain.pattern;

import org.jspecify.annotations.Nullable;

/** Patterns that say one text and nothing else. */
final class PlainText {

  private static final String SYNTAX = "\\.+*?()|[]{}^$";

  private PlainText() {}

  /**
   * The only text that the pattern matches, where it has no syntax but escaped ASCII punctuation;
   * null for any other, and for characters beyond the BMP, which are two in a Java string.
   */
  static @Nullable String of(String pattern) {
    StringBuilder text = new StringBuilder(pattern.length());
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length() && isPunctuation(pattern.charAt(i + 1))) {
        c = pattern.charAt(++i);
      } else if (SYNTAX.indexOf(c) >= 0 || Character.isSurrogate(c)) {
        return null;
      }
      text.append(c);
    }
    return text.toString();
  }

  private static boolean isPunctuation(char c) {
    return c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c);
  }
}
