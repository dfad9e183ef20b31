package io.faultline.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.server.access.Permission;
import io.faultline.server.http.Problem.Kind;
import io.faultline.server.lookout.JobQueries;
import io.faultline.server.submit.JobCommands;
import io.javalin.http.Context;
import java.util.List;

/** Starts a run that waits for its time at once. */
final class RetryRoutes {

  private static final String WAITING = "RETRYING";

  private final JobQueries jobs;
  private final JobCommands commands;

  RetryRoutes(JobQueries jobs, JobCommands commands) {
    this.jobs = jobs;
    this.commands = commands;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/api/v1/jobs/{jobId}/retry", Access.needs(Permission.RETRY_JOBS), this::retry));
  }

  private void retry(Context context) throws InterruptedException {
    Query.of(context);
    String jobId = JobRoutes.jobId(context);
    ObjectNode job = jobs.find(jobId).orElseThrow(() -> JobRoutes.unknown(jobId));
    String state = job.get("state").asText();
    if (!state.equals(WAITING)) {
      throw Problem.of(Kind.CONFLICT, "the job does not wait for a retry: " + state).exception();
    }
    String by = Authenticator.caller(context).name();
    if (!commands.retry(CancelRoutes.identity(job), by)) {
      throw Problems.kafkaAway().exception();
    }
    ObjectNode body = Json.object();
    body.set("jobs", JobRoutes.states(List.of(job)));
    Json.answer(context, 202, body);
  }
}
