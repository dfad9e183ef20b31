package io.faultline.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.workload.ReplicatedJobSpec;
import io.faultline.rules.job.JobFile;
import io.faultline.rules.jobset.JobSetSubmission;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.server.access.Permission;
import io.faultline.server.access.Sha256;
import io.faultline.server.control.AcceptedSet;
import io.faultline.server.control.Submission;
import io.faultline.server.http.Problem.Kind;
import io.faultline.server.submit.Request;
import io.faultline.server.submit.Submissions;
import io.faultline.server.submit.SubmitOutcome;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Submits of job files and of JobSets. */
final class SubmitRoutes {

  private static final int MAX_SPEC_BYTES = 1 << 20;
  private static final int MAX_KEY = 255;
  private static final String FILE = "body";

  private final Submissions submissions;

  SubmitRoutes(Submissions submissions) {
    this.submissions = submissions;
  }

  List<Route> routes() {
    Access access = Access.needs(Permission.SUBMIT_JOBS);
    return List.of(
        Route.post("/api/v1/jobs", access, this::jobs),
        Route.post("/api/v1/sets", access, this::set));
  }

  private void jobs(Context context) {
    Query.of(context);
    Body body = Body.read(context);
    Supplier<JobFile> file = () -> read(body.text());
    Submission kept =
        submit(
            context,
            body.sha256(),
            () -> Request.of(file.get()),
            () -> unknownQueue(file.get().queue(), "/queue"),
            pending -> pending(pending, "jobs").with("jobs", names(pending)));
    ObjectNode node = Json.object().put("queue", kept.queue()).put("jobSet", kept.jobSet());
    node.set("jobs", names(kept));
    Json.answer(context, context.statusCode(), node);
  }

  private void set(Context context) {
    Query query = Query.of(context, "queue", "jobSet");
    Optional<String> queue = query.text("queue");
    Optional<String> jobSet = query.text("jobSet");
    jobSet.ifPresent(SubmitRoutes::checkJobSet);
    Body body = Body.read(context);
    Supplier<JobSetSubmission> manifest = () -> readSet(body.text(), queue, jobSet);
    // what the query says is as much a part of what is asked for
    String asked = String.join("\n", body.sha256(), "set", queue.orElse(""), jobSet.orElse(""));
    Submission kept =
        submit(
            context,
            Sha256.hex(asked.getBytes(StandardCharsets.UTF_8)),
            () -> Request.of(manifest.get()),
            () -> unknownQueue(manifest.get().queue(), queue.isPresent() ? "" : "/metadata"),
            pending -> pending(pending, "set").with("set", set(pending)));
    Json.answer(context, context.statusCode(), set(kept));
  }

  /** Submits, and gives the answer its status. */
  private Submission submit(
      Context context,
      String sha256,
      Supplier<Request> request,
      Supplier<Problem> unknownQueue,
      Function<Submission, Problem> pending) {
    Optional<String> key = Optional.ofNullable(context.header("Idempotency-Key"));
    key.ifPresent(SubmitRoutes::checkKey);
    String owner = Authenticator.caller(context).name();
    SubmitOutcome outcome = submissions.submit(owner, key, sha256, request);
    switch (outcome.kind()) {
      case ACCEPTED -> context.status(201);
      case REPEATED -> context.status(200);
      case PENDING -> throw pending.apply(outcome.submission()).exception();
      case KEY_REUSED ->
          throw Problem.of(
                  Kind.IDEMPOTENCY_KEY_REUSED,
                  "Idempotency-Key '" + key.orElse("") + "' came with another body before")
              .exception();
      case UNKNOWN_QUEUE -> throw unknownQueue.get().exception();
      case KAFKA_AWAY -> throw Problems.unavailable("Kafka is away").exception();
    }
    return outcome.submission();
  }

  private static JobFile read(String text) {
    JobFile file = JobFile.read(YamlFile.read(FILE, text).single());
    for (int i = 0; i < file.jobs().size(); i++) {
      checkSize(file.jobs().get(i).podSpec(), "jobs[" + i + "]", "/jobs/" + i + "/podSpec");
    }
    return file;
  }

  private static JobSetSubmission readSet(
      String text, Optional<String> queue, Optional<String> jobSet) {
    JobSetSubmission read =
        JobSetSubmission.read(YamlFile.read(FILE, text).single(), queue, jobSet);
    List<ReplicatedJobSpec> jobs = read.set().replicatedJobs();
    for (int i = 0; i < jobs.size(); i++) {
      checkSize(
          jobs.get(i).podSpec(),
          "spec.replicatedJobs[" + i + "]",
          "/spec/replicatedJobs/" + i + "/template/spec/template/spec");
    }
    return read;
  }

  private static void checkSize(String podSpec, String path, String pointer) {
    int bytes = podSpec.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_SPEC_BYTES) {
      String detail =
          "the pod spec has %d bytes as JSON; allowed: %d".formatted(bytes, MAX_SPEC_BYTES);
      throw Problem.of(Kind.TOO_LARGE, path + ": " + detail)
          .at(new Problem.Place(pointer, 0, 0, detail))
          .exception();
    }
  }

  private static Problem unknownQueue(String queue, String pointer) {
    String detail = "there is no queue '" + queue + "'; create it first";
    Problem problem = Problem.of(Kind.UNKNOWN_QUEUE, detail);
    return pointer.isEmpty() ? problem : problem.at(new Problem.Place(pointer, 0, 0, detail));
  }

  private static Problem pending(Submission submission, String what) {
    return Problem.of(
            Kind.SUBMISSION_PENDING,
            "the "
                + what
                + (what.equals("set") ? " is" : " are")
                + " kept and will run once Kafka is back; send the same body again with"
                + " this idempotencyKey to learn when")
        .with("idempotencyKey", submission.idempotencyKey())
        .withHeader("Retry-After", "2");
  }

  private static ObjectNode set(Submission submission) {
    AcceptedSet set = submission.sets().get(0);
    return Json.object()
        .put("setId", set.setId())
        .put("name", set.name())
        .put("queue", submission.queue())
        .put("jobSet", submission.jobSet())
        .put("jobs", set.jobs());
  }

  private static ArrayNode names(Submission submission) {
    ArrayNode jobs = Json.array(List.of());
    for (Submission.Name job : submission.names()) {
      ObjectNode node = jobs.addObject().put("jobId", job.jobId());
      if (!job.clientId().isEmpty()) {
        node.put("clientId", job.clientId());
      }
    }
    return jobs;
  }

  private static void checkJobSet(String name) {
    if (name.length() > JobFile.LONGEST_JOB_SET || name.chars().anyMatch(Character::isISOControl)) {
      throw Query.refused(
          "query parameter 'jobSet': 1 to %d characters on one line are allowed"
              .formatted(JobFile.LONGEST_JOB_SET));
    }
  }

  private static void checkKey(String key) {
    if (key.isEmpty()
        || key.length() > MAX_KEY
        || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw Query.refused(
          "the header 'Idempotency-Key' is not allowed; allowed: 1 to 255 visible ASCII"
              + " characters");
    }
  }
}
