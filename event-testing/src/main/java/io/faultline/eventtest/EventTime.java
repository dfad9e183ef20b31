package io.faultline.eventtest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Times of events. All that streams have is {@code 2026-03-01T10:00:00.123456Z}, and a million of
 * them would take the JDK's parser as long as all the rest of judging.
 */
final class EventTime {

  private static final String FORM = "0000-00-00T00:00:00";
  private static final int SECONDS_OF_DAY = 86_400;
  private static final int MOST_FRACTION_DIGITS = 9;

  private EventTime() {}

  /** Empty where the text is no time. */
  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(plain(text) ? ofPlain(text) : Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether it is of the usual form, in UTC; hours, minutes and seconds are looked at later. */
  private static boolean plain(String text) {
    int length = text.length();
    int fraction = length - FORM.length() - 2; // without the point and the Z
    if (fraction > MOST_FRACTION_DIGITS || length <= FORM.length() || !text.endsWith("Z")) {
      return false;
    }
    for (int i = 0; i < length - 1; i++) {
      char form = i < FORM.length() ? FORM.charAt(i) : i == FORM.length() ? '.' : '0';
      char c = text.charAt(i);
      if (form == '0' ? c < '0' || c > '9' : c != form) {
        return false;
      }
    }
    return fraction != 0
        && number(text, 11, 13) < 24
        && number(text, 14, 16) < 60
        && number(text, 17, 19) < 60;
  }

  private static Instant ofPlain(String text) {
    long day =
        LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
    int second = (number(text, 11, 13) * 60 + number(text, 14, 16)) * 60 + number(text, 17, 19);
    int nanos = 0;
    int digits = Math.max(0, text.length() - FORM.length() - 2);
    if (digits > 0) {
      nanos = number(text, FORM.length() + 1, text.length() - 1);
      for (int i = digits; i < MOST_FRACTION_DIGITS; i++) {
        nanos *= 10;
      }
    }
    return Instant.ofEpochSecond(day * SECONDS_OF_DAY + second, nanos);
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
