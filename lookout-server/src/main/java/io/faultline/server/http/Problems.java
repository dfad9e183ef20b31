package io.faultline.server.http;

import io.faultline.rules.yaml.RuleFileException;
import io.faultline.server.http.Problem.Kind;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a problem of whatever ends a request early. */
final class Problems {

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final String RETRY_SECONDS = "2";

  private Problems() {}

  static void answer(Context context, Exception thrown) {
    write(context, of(context, thrown));
  }

  static void write(Context context, Problem problem) {
    problem.headers().forEach(context::header);
    context
        .status(problem.kind().status())
        .contentType("application/problem+json")
        .result(Json.bytes(problem.json(context.path())));
  }

  /** Something outside is away; nothing was changed. */
  static Problem unavailable(String what) {
    return Problem.of(Kind.UNAVAILABLE, what).withHeader("Retry-After", RETRY_SECONDS);
  }

  /** What was asked for can't be said to others; it may have been, and can be once more. */
  static Problem kafkaAway() {
    return unavailable("Kafka is away; asking again is safe");
  }

  private static Problem of(Context context, Exception thrown) {
    if (thrown instanceof ProblemException refused) {
      return refused.problem();
    }
    if (thrown instanceof RuleFileException refused) {
      return invalidFile("", refused);
    }
    if (thrown instanceof HttpResponseException refused) {
      return ofHttp(context, refused);
    }
    return database(thrown).orElseGet(() -> internal(context, thrown));
  }

  /**
   * A document that its reader refuses.
   *
   * @param before what is said before where and why
   */
  static Problem invalidFile(String before, RuleFileException refused) {
    String place =
        refused.line() > 0
            ? "line %d, column %d: ".formatted(refused.line(), refused.column())
            : "";
    String path = refused.path().isEmpty() ? "" : refused.path() + ": ";
    return Problem.of(Kind.INVALID_FILE, before + place + path + refused.problem())
        .at(
            new Problem.Place(
                JsonPointer.of(refused.path()),
                refused.line(),
                refused.column(),
                refused.problem()));
  }

  private static Problem ofHttp(Context context, HttpResponseException refused) {
    String request = context.method().name() + " " + context.path();
    return switch (refused.getStatus()) {
      case 404 -> Problem.of(Kind.NOT_FOUND, "there is no route " + request);
      case 405 ->
          Problem.of(Kind.METHOD_NOT_ALLOWED, "there is no " + request)
              .withHeader("Allow", refused.getDetails().getOrDefault("availableMethods", ""));
      case 413 -> Problem.of(Kind.TOO_LARGE, "the body is too large");
      default -> Problem.of(Kind.INVALID_REQUEST, String.valueOf(refused.getMessage()));
    };
  }

  /** What PostgreSQL's refusals mean, by SQLSTATE; empty where it is a fault of ours. */
  private static Optional<Problem> database(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException) {
        return Optional.of(unavailable("PostgreSQL is away"));
      }
      if (cause instanceof SQLException refused && refused.getSQLState() != null) {
        String state = refused.getSQLState();
        if (state.startsWith("08") || state.startsWith("57P") || state.startsWith("53")) {
          return Optional.of(unavailable("PostgreSQL is away"));
        }
        if (state.equals("42P01") || state.equals("3F000")) {
          return Optional.of(unavailable("PostgreSQL does not have its tables yet"));
        }
        if (state.startsWith("22")) {
          return Optional.of(
              Problem.of(Kind.INVALID_REQUEST, "a value is out of range or not text"));
        }
      }
    }
    return Optional.empty();
  }

  private static Problem internal(Context context, Exception thrown) {
    String requestId = UUID.randomUUID().toString();
    LOG.atError()
        .setMessage("request failed")
        .addKeyValue("requestId", requestId)
        .addKeyValue("method", context.method().name())
        .addKeyValue("path", context.path())
        .setCause(thrown)
        .log();
    return Problem.of(Kind.INTERNAL, "the request failed; the log has more under this requestId")
        .with("requestId", requestId);
  }
}
