package io.faultline.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.rules.job.JobFile;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.server.access.Permission;
import io.faultline.server.control.AcceptedJob;
import io.faultline.server.control.Submission;
import io.faultline.server.http.Problem.Kind;
import io.faultline.server.submit.Submissions;
import io.faultline.server.submit.SubmitOutcome;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Submits. */
final class SubmitRoutes {

  private static final int MAX_SPEC_BYTES = 1 << 20;
  private static final int MAX_KEY = 255;
  private static final String FILE = "body";

  private final Submissions submissions;

  SubmitRoutes(Submissions submissions) {
    this.submissions = submissions;
  }

  List<Route> routes() {
    return List.of(Route.post("/api/v1/jobs", Access.needs(Permission.SUBMIT_JOBS), this::submit));
  }

  private void submit(Context context) {
    Query.of(context);
    Optional<String> key = Optional.ofNullable(context.header("Idempotency-Key"));
    key.ifPresent(SubmitRoutes::checkKey);
    Body body = Body.read(context);
    String owner = Authenticator.caller(context).name();
    SubmitOutcome outcome = submissions.submit(owner, key, body.sha256(), () -> read(body.text()));
    switch (outcome.kind()) {
      case ACCEPTED -> Json.answer(context, 201, json(outcome.submission()));
      case REPEATED -> Json.answer(context, 200, json(outcome.submission()));
      case PENDING -> throw pending(outcome.submission()).exception();
      case KEY_REUSED ->
          throw Problem.of(
                  Kind.IDEMPOTENCY_KEY_REUSED,
                  "Idempotency-Key '" + key.orElse("") + "' came with another body before")
              .exception();
      case UNKNOWN_QUEUE -> throw unknownQueue(read(body.text()).queue()).exception();
      case KAFKA_AWAY -> throw Problems.unavailable("Kafka is away").exception();
    }
  }

  private static JobFile read(String text) {
    JobFile file = JobFile.read(YamlFile.read(FILE, text).single());
    for (int i = 0; i < file.jobs().size(); i++) {
      int bytes = file.jobs().get(i).podSpec().getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_SPEC_BYTES) {
        String detail =
            "the pod spec has %d bytes as JSON; allowed: %d".formatted(bytes, MAX_SPEC_BYTES);
        throw Problem.of(Kind.TOO_LARGE, "jobs[" + i + "]: " + detail)
            .at(new Problem.Place("/jobs/" + i + "/podSpec", 0, 0, detail))
            .exception();
      }
    }
    return file;
  }

  private static Problem unknownQueue(String queue) {
    String detail = "there is no queue '" + queue + "'; create it first";
    return Problem.of(Kind.UNKNOWN_QUEUE, detail).at(new Problem.Place("/queue", 0, 0, detail));
  }

  private static Problem pending(Submission submission) {
    return Problem.of(
            Kind.SUBMISSION_PENDING,
            "the jobs are kept and will run once Kafka is back; send the same body again with"
                + " this idempotencyKey to learn when")
        .with("idempotencyKey", submission.idempotencyKey())
        .with("jobs", jobs(submission))
        .withHeader("Retry-After", "2");
  }

  private static ObjectNode json(Submission submission) {
    ObjectNode node = Json.object();
    node.put("queue", submission.queue());
    node.put("jobSet", submission.jobSet());
    node.set("jobs", jobs(submission));
    return node;
  }

  private static ArrayNode jobs(Submission submission) {
    ArrayNode jobs = Json.array(List.of());
    for (AcceptedJob job : submission.jobs()) {
      ObjectNode node = jobs.addObject().put("jobId", job.spec().job().jobId());
      if (!job.spec().clientId().isEmpty()) {
        node.put("clientId", job.spec().clientId());
      }
    }
    return jobs;
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
