package io.faultline.rules.lint;

import io.faultline.domain.pattern.Re2Pattern;
import java.util.regex.Pattern;

/** Tells patterns that match whatever text there is. */
public final class EveryText {
  private static final Pattern EDGES =
      Pattern.compile("^(\\(\\?[a-zA-Z]+\\))?(\\^|\\\\A)?|(\\$|\\\\z)$");
  private static final Pattern ANY = Pattern.compile("(\\.[*+]?\\??)+");
  private static final Pattern PLACES = Pattern.compile("[\\^$]|\\\\[AzbB]");

  private EveryText() {}

  /**
   * Whether it matches every text that is not empty, but for line breaks: it is nothing but dots,
   * or it matches the empty text wherever that stands. Not every such pattern is known.
   */
  public static boolean matches(Re2Pattern pattern) {
    String inner = EDGES.matcher(pattern.source()).replaceAll("");
    return ANY.matcher(inner).matches()
        || (pattern.find("") && !PLACES.matcher(pattern.source()).find());
  }
}
