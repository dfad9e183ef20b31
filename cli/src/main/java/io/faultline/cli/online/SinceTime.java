package io.faultline.cli.online;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time, RFC 3339, or how long ago it was: {@code 30s}, {@code 5m}, {@code 1h}. */
final class SinceTime implements ITypeConverter<Instant> {

  @Override
  public Instant convert(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      // perhaps how long ago
    }
    try {
      return Instant.now().minus(new Durations().convert(text));
    } catch (TypeConversionException | ArithmeticException | DateTimeException e) {
      throw new TypeConversionException(
          "'" + text + "' is neither a time such as 2026-03-01T10:05:00Z nor 30s, 5m or 1h ago");
    }
  }
}
