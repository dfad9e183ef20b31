package io.faultline.server.http;

import io.faultline.server.http.Problem.Kind;
import io.faultline.server.lookout.FailureFilter;
import io.faultline.server.lookout.FailureQueries;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** Failures. */
final class FailureRoutes {

  private final FailureQueries failures;

  FailureRoutes(FailureQueries failures) {
    this.failures = failures;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/failures", Access.READ, this::list),
        Route.get("/api/v1/failures/<id>", Access.READ, this::one));
  }

  private void list(Context context) {
    Query query =
        Query.of(
            context,
            "category",
            "subcategory",
            "queue",
            "jobSet",
            "jobId",
            "node",
            "exitCode",
            "from",
            "to",
            "counted",
            "limit",
            Pages.CURSOR);
    FailureFilter filter =
        new FailureFilter(
            query.text("category"),
            query.text("subcategory"),
            query.text("queue"),
            query.text("jobSet"),
            query.text("jobId"),
            query.text("node"),
            query.number("exitCode", Integer.MIN_VALUE, Integer.MAX_VALUE).map(Long::intValue),
            query.time("from"),
            query.time("to"),
            counted(query.word("counted", "true", "false", "any").orElse("true")),
            query.text(Pages.CURSOR).map(Cursor::decode),
            query.limit());
    Pages.answer(context, failures.list(filter));
  }

  private void one(Context context) {
    Query.of(context);
    String id = Query.printable("id", context.pathParam("id"));
    Json.answer(
        context,
        200,
        failures
            .find(id)
            .orElseThrow(
                () -> Problem.of(Kind.NOT_FOUND, "there is no failure '" + id + "'").exception()));
  }

  private static Optional<Boolean> counted(String word) {
    return word.equals("any") ? Optional.empty() : Optional.of(word.equals("true"));
  }
}
