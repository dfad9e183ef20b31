package io.faultline.ingester.plan;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time that stands in a job's id. It says where a row belongs when tables are divided by time.
 */
final class IdTime {

  private static final String BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final Pattern ULID =
      Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}", Pattern.CASE_INSENSITIVE);
  private static final Pattern UUID_7 =
      Pattern.compile(
          "([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
          Pattern.CASE_INSENSITIVE);

  private IdTime() {}

  /** To the millisecond, of a ULID or a UUID of version 7; the epoch for any other id. */
  static Instant of(String id) {
    Matcher uuid = UUID_7.matcher(id);
    if (uuid.matches()) {
      return Instant.ofEpochMilli(Long.parseLong(uuid.group(1) + uuid.group(2), 16));
    }
    if (ULID.matcher(id).matches()) {
      long millis = 0;
      for (int i = 0; i < 10; i++) {
        millis = (millis << 5) | BASE32.indexOf(Character.toUpperCase(id.charAt(i)));
      }
      return Instant.ofEpochMilli(millis);
    }
    return Instant.EPOCH;
  }
}
