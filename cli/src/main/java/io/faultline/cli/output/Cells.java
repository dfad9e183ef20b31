package io.faultline.cli.output;

import com.fasterxml.jackson.databind.JsonNode;

/** Values as they stand in a table. */
public final class Cells {

  private Cells() {}

  /** The value at a path such as {@code failureInfo.exitCode}; empty where there is none. */
  public static String at(JsonNode thing, String path) {
    JsonNode node = thing;
    for (String key : path.split("\\.")) {
      node = node.path(key);
    }
    return node.isMissingNode() || node.isNull()
        ? ""
        : node.isValueNode() ? node.asText() : node.toString();
  }

  /**
   * Text on one line, with nothing in it that a terminal would obey.
   *
   * @param widest the most characters; 0 for any
   */
  public static String line(String text, int widest) {
    StringBuilder line = new StringBuilder();
    int shown = 0;
    for (int at = 0; at < text.length(); shown++) {
      int c = text.codePointAt(at);
      if (widest > 0 && shown == widest - 1 && at + Character.charCount(c) < text.length()) {
        return line.append('…').toString();
      }
      line.appendCodePoint(printable(c) ? c : c == '\n' || c == '\t' ? ' ' : 0xFFFD);
      at += Character.charCount(c);
    }
    return line.toString();
  }

  /** Text of several lines, with nothing in it that a terminal would obey. */
  public static String block(String text) {
    StringBuilder block = new StringBuilder();
    text.codePoints()
        .forEach(c -> block.appendCodePoint(printable(c) || c == '\n' || c == '\t' ? c : 0xFFFD));
    return block.toString();
  }

  /** Neither a control character nor one that turns the direction of what follows. */
  private static boolean printable(int c) {
    return !Character.isISOControl(c)
        && Character.getType(c) != Character.FORMAT
        && Character.getType(c) != Character.SURROGATE;
  }
}
