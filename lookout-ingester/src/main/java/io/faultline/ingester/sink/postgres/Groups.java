package io.faultline.ingester.sink.postgres;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Assignments of columns that belong together: all are taken from one message, or none is. */
final class Groups {

  private Groups() {}

  /** The new values where a condition holds, else those that are there. */
  static String taken(String condition, List<String> columns) {
    return columns.stream()
        .map(
            c -> "  %s = case when %s then excluded.%s else t.%s end".formatted(c, condition, c, c))
        .collect(joining(",\n"));
  }

  /** The new values. */
  static String all(List<String> columns) {
    return columns.stream().map(c -> "  %s = excluded.%s".formatted(c, c)).collect(joining(",\n"));
  }
}
