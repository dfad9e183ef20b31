package io.faultline.domain.pattern;

/**
 * One character for all that RE2 takes as equal to an ASCII letter when case is ignored: the two
 * cases, and for k and s the Kelvin sign and the long s. All other characters stay as they are.
 */
final class Folding {
  private static final char KELVIN_SIGN = '\u212A';
  private static final char LONG_S = '\u017F';

  private Folding() {}

  static char fold(char c) {
    if (c < 0x80) {
      return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
    if (c == KELVIN_SIGN) {
      return 'k';
    }
    return c == LONG_S ? 's' : c;
  }

  static String fold(int codePoint) {
    return Character.isBmpCodePoint(codePoint)
        ? String.valueOf(fold((char) codePoint))
        : Character.toString(codePoint);
  }
}
