package io.faultline.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.set.SetJobId;
import io.faultline.server.control.AcceptedJob;
import io.faultline.server.control.SubmissionStore;
import io.faultline.server.http.Problem.Kind;
import io.faultline.server.lookout.DecisionQueries;
import io.faultline.server.lookout.FailureQueries;
import io.faultline.server.lookout.JobFilter;
import io.faultline.server.lookout.JobQueries;
import io.faultline.server.lookout.SetQueries;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is known of jobs. */
final class JobRoutes {

  private static final String ID = "/api/v1/jobs/{jobId}";

  private final JobQueries jobs;
  private final SetQueries sets;
  private final FailureQueries failures;
  private final DecisionQueries decisions;
  private final SubmissionStore submissions;
  private final CountsClient counts;

  JobRoutes(
      JobQueries jobs,
      SetQueries sets,
      FailureQueries failures,
      DecisionQueries decisions,
      SubmissionStore submissions,
      CountsClient counts) {
    this.jobs = jobs;
    this.sets = sets;
    this.failures = failures;
    this.decisions = decisions;
    this.submissions = submissions;
    this.counts = counts;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/jobs", Access.READ, this::list),
        Route.get(ID, Access.READ, this::one),
        Route.get(
            ID + "/runs", Access.READ, c -> Json.answer(c, 200, Json.items(jobs.runs(known(c))))),
        Route.get(
            ID + "/failures",
            Access.READ,
            c -> Json.answer(c, 200, Json.items(failures.ofJob(known(c))))),
        Route.get(
            ID + "/decisions",
            Access.READ,
            c -> Json.answer(c, 200, Json.items(decisions.ofJob(known(c))))),
        Route.get(ID + "/counts", Access.READ, c -> Json.answer(c, 200, counts.ofJob(known(c)))));
  }

  private void list(Context context) {
    Query query = Query.of(context, "queue", "jobSet", "state", "limit", Pages.CURSOR);
    JobFilter filter =
        new JobFilter(
            query.text("queue"),
            query.text("jobSet"),
            query.texts("state").stream().map(JobRoutes::state).toList(),
            query.text(Pages.CURSOR).map(Cursor::decode),
            query.limit());
    Pages.answer(context, jobs.list(filter));
  }

  private void one(Context context) {
    Query.of(context);
    String jobId = jobId(context);
    ObjectNode job = jobs.find(jobId).orElseThrow(() -> unknown(jobId));
    SetJobId.of(jobId)
        .map(SetJobId::setId)
        .filter(setId -> !sets.known(Set.of(setId)).isEmpty())
        .ifPresent(setId -> job.put("setId", setId));
    submissions.job(jobId).ifPresent(accepted -> describe(job, accepted));
    job.set("runs", Json.array(jobs.runs(jobId)));
    Json.answer(context, 200, job);
  }

  private static void describe(ObjectNode job, AcceptedJob accepted) {
    JobSpec spec = accepted.spec();
    if (!spec.clientId().isEmpty()) {
      job.put("clientId", spec.clientId());
    }
    job.put("namespace", spec.namespace());
    job.put("priority", spec.priority());
    job.set("labels", Json.tree(spec.labels()));
    job.set("annotations", Json.tree(spec.annotations()));
  }

  /** The id in the path, of a job that there is; also of others, of which only runs are known. */
  private String known(Context context) {
    Query.of(context);
    String jobId = jobId(context);
    if (jobs.find(jobId).isEmpty() && jobs.runs(jobId).isEmpty()) {
      throw unknown(jobId);
    }
    return jobId;
  }

  static String jobId(Context context) {
    return Query.printable("jobId", context.pathParam("jobId"));
  }

  static ProblemException unknown(String jobId) {
    return Problem.of(Kind.NOT_FOUND, "there is no job '" + jobId + "'").exception();
  }

  static ArrayNode states(List<ObjectNode> jobs) {
    ArrayNode states = Json.array(List.of());
    for (ObjectNode job : jobs) {
      states.addObject().set("jobId", job.get("jobId"));
      ((ObjectNode) states.get(states.size() - 1)).set("state", job.get("state"));
    }
    return states;
  }

  private static String state(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return Optional.of(lower)
        .filter(JobFilter.STATES::contains)
        .orElseThrow(
            () ->
                Query.refused(
                    "query parameter 'state': '%s' is not known; allowed: %s"
                        .formatted(
                            word, String.join(", ", JobFilter.STATES).toUpperCase(Locale.ROOT))));
  }
}
