package io.faultline.benchmarks;

import java.util.Locale;

/** How a benchmark goes, on standard error: standard output is for its result. */
public final class Progress {

  private Progress() {}

  /** One line, as {@link String#format} makes it. */
  public static void say(String what, Object... values) {
    System.err.printf(Locale.ROOT, what + "%n", values);
  }
}
