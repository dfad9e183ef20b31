package io.faultline.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.server.access.Permission;
import io.faultline.server.http.Problem.Kind;
import io.faultline.server.lookout.SetFilter;
import io.faultline.server.lookout.SetHistory;
import io.faultline.server.lookout.SetQueries;
import io.faultline.server.submit.JobCommands;
import io.javalin.http.Context;
import java.util.List;
import java.util.Set;

/** What is known of sets, and their end. */
final class SetRoutes {

  private static final String ID = "/api/v1/sets/{setId}";

  private final SetQueries sets;
  private final SetHistory history;
  private final JobCommands commands;

  SetRoutes(SetQueries sets, SetHistory history, JobCommands commands) {
    this.sets = sets;
    this.history = history;
    this.commands = commands;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/sets", Access.READ, this::list),
        Route.get(ID, Access.READ, this::one),
        Route.post(ID + "/cancel", Access.needs(Permission.CANCEL_JOBS), this::cancel));
  }

  private void list(Context context) {
    Query query = Query.of(context, "queue", "jobSet", "limit", Pages.CURSOR);
    Pages.answer(
        context,
        sets.list(
            new SetFilter(
                query.text("queue"),
                query.text("jobSet"),
                query.text(Pages.CURSOR).map(Cursor::decode),
                query.limit())));
  }

  private void one(Context context) {
    Query.of(context);
    ObjectNode set = find(context);
    history.addTo(set);
    Json.answer(context, 200, set);
  }

  private void cancel(Context context) throws InterruptedException {
    Query.of(context);
    String reason = CancelRoutes.reason(context);
    ObjectNode set = find(context);
    ObjectNode answer = Json.object();
    answer.set("setId", set.get("setId"));
    answer.set("state", set.get("state"));
    if (CancelRoutes.isCancelled("the set", set)) {
      Json.answer(context, 200, answer);
      return;
    }
    String setId = set.get("setId").asText();
    SetQueries.Handle handle = sets.handle(setId).orElseThrow(() -> unknown(setId));
    Set<String> unsettled = handle.unsettled() ? Set.of(handle.job().jobId()) : Set.of();
    CancelRoutes.cancel(context, commands, List.of(handle.job()), unsettled, reason);
    Json.answer(context, 202, answer);
  }

  private ObjectNode find(Context context) {
    String setId = Query.printable("setId", context.pathParam("setId"));
    return sets.find(setId).orElseThrow(() -> unknown(setId));
  }

  private static ProblemException unknown(String setId) {
    return Problem.of(Kind.NOT_FOUND, "there is no set '" + setId + "'").exception();
  }
}
