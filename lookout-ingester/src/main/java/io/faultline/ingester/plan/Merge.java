package io.faultline.ingester.plan;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** How two values of one column become one, whichever came first. Null is "not known". */
final class Merge {

  private Merge() {}

  /** The earlier time; {@code least} in SQL. */
  static Instant earlier(Instant a, Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isAfter(b) ? b : a;
  }

  /**
   * The greater text in byte order; {@code greatest} in SQL. For what doesn't change while a row
   * lives: the known value wins over none, and a contradiction comes out the same in any order.
   */
  static String greater(String a, String b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return compare(a, b) < 0 ? b : a;
  }

  /** PostgreSQL's order under collation "C"; Java's own differs beyond the first 65,536. */
  static int compare(String a, String b) {
    return a.equals(b)
        ? 0
        : Arrays.compareUnsigned(
            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
