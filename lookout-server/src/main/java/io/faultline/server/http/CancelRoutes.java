package io.faultline.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.set.SetJobId;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.server.access.Permission;
import io.faultline.server.http.Problem.Kind;
import io.faultline.server.lookout.JobFilter;
import io.faultline.server.lookout.JobQueries;
import io.faultline.server.lookout.Keyset;
import io.faultline.server.lookout.Page;
import io.faultline.server.lookout.SetQueries;
import io.faultline.server.submit.JobCommands;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Cancels jobs and whole job sets. */
final class CancelRoutes {

  private static final Access CANCEL = Access.needs(Permission.CANCEL_JOBS);
  private static final int LONGEST_REASON = 4096;
  private static final List<String> LIVE =
      JobFilter.STATES.stream().filter(state -> !JobFilter.ENDS.contains(state)).toList();

  private final JobQueries jobs;
  private final SetQueries sets;
  private final JobCommands commands;

  CancelRoutes(JobQueries jobs, SetQueries sets, JobCommands commands) {
    this.jobs = jobs;
    this.sets = sets;
    this.commands = commands;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/api/v1/jobs/{jobId}/cancel", CANCEL, this::one),
        Route.post("/api/v1/queues/{queue}/job-sets/{jobSet}/cancel", CANCEL, this::set));
  }

  private void one(Context context) throws InterruptedException {
    Query.of(context);
    String reason = reason(context);
    String jobId = JobRoutes.jobId(context);
    ObjectNode job = jobs.find(jobId).orElseThrow(() -> JobRoutes.unknown(jobId));
    if (isCancelled("the job", job)) {
      answer(context, 200, List.of(job));
    } else {
      cancel(context, List.of(job), reason);
      answer(context, 202, List.of(job));
    }
  }

  private void set(Context context) throws InterruptedException {
    Query.of(context);
    String reason = reason(context);
    List<ObjectNode> live = new ArrayList<>();
    Optional<Keyset> after = Optional.empty();
    do {
      Page page =
          jobs.list(
              new JobFilter(
                  Optional.of(Query.printable("queue", context.pathParam("queue"))),
                  Optional.of(Query.printable("jobSet", context.pathParam("jobSet"))),
                  LIVE,
                  after,
                  Query.MAX_LIMIT));
      live.addAll(page.items());
      after = page.last();
    } while (after.isPresent());
    cancel(context, oneOfEachSet(live), reason);
    answer(context, 202, live);
  }

  /** Who cancels a job of a set cancels the set, so one of its jobs is enough. */
  private List<ObjectNode> oneOfEachSet(List<ObjectNode> live) {
    Map<String, String> setIds = new HashMap<>();
    for (ObjectNode job : live) {
      if (job.hasNonNull("gangId")) {
        String jobId = job.get("jobId").asText();
        SetJobId.of(jobId).ifPresent(member -> setIds.put(jobId, member.setId()));
      }
    }
    Set<String> known = sets.known(new HashSet<>(setIds.values()));
    Set<String> seen = new HashSet<>();
    return live.stream()
        .filter(
            job -> {
              String setId = setIds.get(job.get("jobId").asText());
              return setId == null || !known.contains(setId) || seen.add(setId);
            })
        .toList();
  }

  private void cancel(Context context, List<ObjectNode> which, String reason)
      throws InterruptedException {
    List<JobIdentity> identities = which.stream().map(CancelRoutes::identity).toList();
    Set<String> accepted =
        which.stream()
            .filter(job -> job.get("state").asText().equalsIgnoreCase(JobFilter.ACCEPTED))
            .map(job -> job.get("jobId").asText())
            .collect(Collectors.toSet());
    cancel(context, commands, identities, accepted, reason);
  }

  /**
   * Has jobs cancelled in the name of whoever asks.
   *
   * @param unsettled those of them whose submit may not be on Kafka yet
   * @throws ProblemException where Kafka is away
   */
  static void cancel(
      Context context,
      JobCommands commands,
      List<JobIdentity> which,
      Set<String> unsettled,
      String reason)
      throws InterruptedException {
    String by = Authenticator.caller(context).name();
    if (!commands.cancel(which, unsettled, by, reason)) {
      throw Problems.kafkaAway().exception();
    }
  }

  /**
   * Whether a job or a set has been cancelled already.
   *
   * @param what it is called
   * @throws ProblemException where it has ended otherwise
   */
  static boolean isCancelled(String what, ObjectNode shown) {
    String state = shown.get("state").asText();
    if (state.equals("CANCELLED")) {
      return true;
    }
    if (JobFilter.ENDS.contains(state.toLowerCase(Locale.ROOT))) {
      throw Problem.of(Kind.CONFLICT, what + " has ended: " + state).exception();
    }
    return false;
  }

  private static void answer(Context context, int status, List<ObjectNode> which) {
    ObjectNode body = Json.object();
    body.set("jobs", JobRoutes.states(which));
    Json.answer(context, status, body);
  }

  static JobIdentity identity(ObjectNode job) {
    return new JobIdentity(
        job.get("jobId").asText(),
        job.path("queue").asText(),
        job.path("jobSet").asText(),
        job.hasNonNull("gangId") ? job.get("gangId").asText() : null);
  }

  static String reason(Context context) {
    YamlMap body =
        YamlFile.read("body", Body.readOptional(context).text()).single().map().only("reason");
    String reason = body.textOrEmpty("reason");
    if (reason.length() > LONGEST_REASON) {
      throw body.require("reason").problem("at most " + LONGEST_REASON + " characters are allowed");
    }
    return reason;
  }
}
