package io.faultline.schemas.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Generated constructors cut times to microseconds, but fail where a time may be null. */
final class Times {

  private Times() {}

  static Instant micros(Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
  }
}
