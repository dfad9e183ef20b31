package io.faultline.server.http;

import io.faultline.server.http.Problem.Kind;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The query parameters of a request; one that is not known is refused by name. */
final class Query {

  static final int MAX_LIMIT = 1000;
  private static final int DEFAULT_LIMIT = 100;

  private final Context context;

  private Query(Context context) {
    this.context = context;
  }

  static Query of(Context context, String... allowed) {
    Set<String> known = new TreeSet<>(Arrays.asList(allowed));
    for (String name : context.queryParamMap().keySet()) {
      if (!known.contains(name)) {
        throw refused("query parameter '" + name + "' is not known; allowed: " + list(known));
      }
    }
    return new Query(context);
  }

  /** The value of a parameter that may be given once; empty where it is absent or empty. */
  Optional<String> text(String name) {
    List<String> values = context.queryParams(name);
    if (values.size() > 1) {
      throw refused("query parameter '" + name + "' is given more than once");
    }
    return values.stream().filter(value -> !value.isEmpty()).map(v -> printable(name, v)).findAny();
  }

  /** The values of a parameter that may be repeated, each once and none empty. */
  Set<String> set(String name) {
    return texts(name).stream().filter(value -> !value.isEmpty()).collect(Collectors.toSet());
  }

  /** As {@link #set}, each one of some words. */
  Set<String> words(String name, List<String> words) {
    Set<String> values = set(name);
    values.forEach(value -> oneOf(name, value, words.toArray(String[]::new)));
    return values;
  }

  /** The values of a parameter that may be repeated. */
  List<String> texts(String name) {
    return context.queryParams(name).stream().map(value -> printable(name, value)).toList();
  }

  Optional<Long> number(String name, long min, long max) {
    return text(name).map(value -> number(name, value, min, max));
  }

  int limit() {
    return number("limit", 1, MAX_LIMIT).map(Long::intValue).orElse(DEFAULT_LIMIT);
  }

  Optional<Instant> time(String name) {
    return text(name)
        .map(
            value -> {
              try {
                return OffsetDateTime.parse(value).toInstant().truncatedTo(ChronoUnit.MICROS);
              } catch (DateTimeException e) {
                throw refused(
                    "query parameter '%s': '%s' is not a time; allowed: RFC 3339, for example 2026-03-01T10:05:00Z"
                        .formatted(name, value));
              }
            });
  }

  /** One of some words; empty where the parameter is absent. */
  Optional<String> word(String name, String... words) {
    return text(name).map(value -> oneOf(name, value, words));
  }

  private static String oneOf(String name, String value, String... words) {
    if (!Arrays.asList(words).contains(value)) {
      throw refused(
          "query parameter '%s': '%s' is not known; allowed: %s"
              .formatted(name, value, String.join(", ", words)));
    }
    return value;
  }

  Optional<Boolean> flag(String name) {
    return word(name, "true", "false").map(Boolean::valueOf);
  }

  static ProblemException refused(String detail) {
    return Problem.of(Kind.INVALID_REQUEST, detail).exception();
  }

  private static long number(String name, String value, long min, long max) {
    try {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // refused below
    }
    throw refused(
        "query parameter '%s': '%s' is not allowed; allowed: a whole number from %d to %d"
            .formatted(name, value, min, max));
  }

  /** PostgreSQL's text can't hold NUL, and nothing here is ever named so. */
  static String printable(String name, String value) {
    if (value.indexOf('\0') >= 0) {
      throw refused("'" + name + "' holds a NUL character");
    }
    return value;
  }

  private static String list(Set<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }
}
