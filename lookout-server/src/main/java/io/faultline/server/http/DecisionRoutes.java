package io.faultline.server.http;

import io.faultline.server.lookout.DecisionFilter;
import io.faultline.server.lookout.DecisionQueries;
import io.javalin.http.Context;
import java.util.List;

/** Decisions. */
final class DecisionRoutes {

  private final DecisionQueries decisions;

  DecisionRoutes(DecisionQueries decisions) {
    this.decisions = decisions;
  }

  List<Route> routes() {
    return List.of(Route.get("/api/v1/decisions", Access.READ, this::list));
  }

  private void list(Context context) {
    Query query =
        Query.of(
            context,
            "queue",
            "jobSet",
            "jobId",
            "reason",
            "policy",
            "advice",
            "shadowPolicy",
            "shadowAgrees",
            "from",
            "to",
            "limit",
            Pages.CURSOR);
    DecisionFilter filter =
        new DecisionFilter(
            query.text("queue"),
            query.text("jobSet"),
            query.text("jobId"),
            query.text("reason"),
            query.text("policy"),
            query.flag("advice"),
            query.text("shadowPolicy"),
            query.flag("shadowAgrees"),
            query.time("from"),
            query.time("to"),
            query.text(Pages.CURSOR).map(Cursor::decode),
            query.limit());
    Pages.answer(context, decisions.list(filter));
  }
}
