package io.faultline.ingester.sink.postgres;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A column as it is sent: all its values in one array. What can be refused is made from a plain
 * value row by row ({@code expression}), so that only the row at fault fails.
 *
 * @param name the column
 * @param arrayType the type of the array's elements, as PostgreSQL calls it
 * @param expression the column's value in SQL, from the element {@code r.<name>}
 * @param value the element, or null
 * @param newArray makes the array
 */
record Column<R>(
    String name,
    String arrayType,
    String expression,
    Function<R, Object> value,
    IntFunction<Object[]> newArray) {

  /** Text; what is empty becomes null. */
  static <R> Column<R> text(String name, Function<R, String> value) {
    return new Column<>(
        name, "text", "r." + name, value.andThen(Column::nullIfEmpty), String[]::new);
  }

  /** JSON from text. */
  static <R> Column<R> json(String name, Function<R, String> value) {
    return new Column<>(name, "text", "r." + name + "::jsonb", value::apply, String[]::new);
  }

  /** A time, to the microsecond. */
  static <R> Column<R> time(String name, Function<R, Instant> value) {
    return new Column<>(
        name,
        "int8",
        "timestamptz 'epoch' + r." + name + " * interval '1 microsecond'",
        value.andThen(Column::micros),
        Long[]::new);
  }

  /** A whole number of 32 bits. */
  static <R> Column<R> integer(String name, Function<R, Integer> value) {
    return new Column<>(name, "int4", "r." + name, value::apply, Integer[]::new);
  }

  /** A whole number of 64 bits. */
  static <R> Column<R> bigint(String name, Function<R, Long> value) {
    return new Column<>(name, "int8", "r." + name, value::apply, Long[]::new);
  }

  /** Yes or no. */
  static <R> Column<R> bool(String name, Function<R, Boolean> value) {
    return new Column<>(name, "bool", "r." + name, value::apply, Boolean[]::new);
  }

  /** The values of these rows. */
  Object[] values(List<R> rows) {
    Object[] values = newArray.apply(rows.size());
    for (int i = 0; i < values.length; i++) {
      values[i] = value.apply(rows.get(i));
    }
    return values;
  }

  private static String nullIfEmpty(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  /** Microseconds since the epoch; beyond 64 bits the nearest end, which PostgreSQL refuses. */
  private static Long micros(Instant at) {
    if (at == null) {
      return null;
    }
    try {
      return Math.addExact(
          Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
    } catch (ArithmeticException e) {
      return at.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
