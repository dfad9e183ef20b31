package io.faultline.domain.evidence;

import java.nio.charset.StandardCharsets;

/**
 * How a reporter keeps a text: cut to a number of bytes at a character boundary, with {@code …} and
 * the number of bytes that were cut, and with U+FFFD in place of NUL, which JSONB refuses. The cut
 * is made once, by the reporter, before publishing, so that every matcher sees the same text.
 *
 * @param maxBytes the bytes of UTF-8 that are kept, from 1; what is written about the cut comes on
 *     top
 */
public record MessageCut(int maxBytes) {

  /** 4 KiB. */
  public static final MessageCut STANDARD = new MessageCut(4096);

  /** Refuses a limit below 1. */
  public MessageCut {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes must be at least 1, not " + maxBytes);
    }
  }

  /** Keeps the head, as of a termination message or a pod's message. */
  public String head(String text) {
    String clean = clean(text);
    int bytes = utf8Length(clean, 0, clean.length());
    if (bytes <= maxBytes) {
      return clean;
    }
    int end = 0;
    int kept = 0;
    while (end < clean.length()) {
      int c = clean.codePointAt(end);
      if (kept + width(c) > maxBytes) {
        break;
      }
      kept += width(c);
      end += Character.charCount(c);
    }
    return clean.substring(0, end) + "… (" + (bytes - kept) + " bytes cut)";
  }

  /** Keeps the tail, as of a log. */
  public String tail(String text) {
    String clean = clean(text);
    int bytes = utf8Length(clean, 0, clean.length());
    if (bytes <= maxBytes) {
      return clean;
    }
    int start = clean.length();
    int kept = 0;
    while (start > 0) {
      int c = clean.codePointBefore(start);
      if (kept + width(c) > maxBytes) {
        break;
      }
      kept += width(c);
      start -= Character.charCount(c);
    }
    return "(" + (bytes - kept) + " bytes cut) …" + clean.substring(start);
  }

  /**
   * The same cut of bytes as they were read from a file or a log; what is not UTF-8 becomes U+FFFD.
   */
  public String head(byte[] text) {
    return head(new String(text, StandardCharsets.UTF_8));
  }

  /**
   * The same cut of bytes as they were read from a file or a log; what is not UTF-8 becomes U+FFFD.
   */
  public String tail(byte[] text) {
    return tail(new String(text, StandardCharsets.UTF_8));
  }

  /** NUL, and halves of surrogate pairs, which are no characters, become U+FFFD. */
  private static String clean(String text) {
    int[] points =
        text.codePoints()
            .map(c -> c == 0 || Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
            .toArray();
    return new String(points, 0, points.length);
  }

  private static int utf8Length(String text, int from, int to) {
    int bytes = 0;
    for (int at = from; at < to; at += Character.charCount(text.codePointAt(at))) {
      bytes += width(text.codePointAt(at));
    }
    return bytes;
  }

  private static int width(int c) {
    if (c < 0x80) {
      return 1;
    }
    if (c < 0x800) {
      return 2;
    }
    return c < 0x10000 ? 3 : 4;
  }
}
