package io.faultline.domain.classify;

import java.nio.charset.StandardCharsets;

/** What names in a categories file must be. */
public final class Names {
  private static final int MOST_BYTES = 63;

  private Names() {}

  /** Refuses a name of more than 63 bytes of UTF-8, and one with NUL, which no row can hold. */
  public static void check(String what, String name) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          what
              + " \""
              + name
              + "\" has "
              + bytes
              + " bytes; at most "
              + MOST_BYTES
              + " are allowed");
    }
    refuseNul(what, name);
  }

  /** Refuses a text with NUL. */
  public static void refuseNul(String what, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(what + " holds a NUL character");
    }
  }
}
