package io.faultline.cli.up;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.domain.set.SetIds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A set that was submitted with the command, and what the command says became of it.
 *
 * @param jobSet it alone is in this job set
 * @param jobs how many it has
 */
record SubmittedSet(UpProcess up, String id, String queue, String jobSet, int jobs) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Submits a manifest. */
  static SubmittedSet of(UpProcess up, Path manifest, String queue, String jobSet)
      throws IOException {
    JsonNode made =
        up.ask("submit", "-f", manifest.toString(), "--queue", queue, "--job-set", jobSet);
    return new SubmittedSet(
        up,
        made.findValue("setId").asText(),
        queue,
        jobSet,
        Integer.parseInt(made.findValue("jobs").asText()));
  }

  /** The id of a job: templates in order, each by replica and then by pod. */
  String job(int index) {
    return SetIds.job(id, index);
  }

  String state() throws IOException {
    return up.ask("get", "sets", id).findValue("state").asText();
  }

  void awaitState(String state) {
    await("set " + jobSet + " is " + state)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(this::state, state::equals);
  }

  /** Waits until as many decisions are known, or more. */
  void awaitDecisions(int atLeast) {
    await("decisions about " + jobSet)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> decisions().size() >= atLeast);
  }

  /**
   * What was decided, in order: generation, outcome, reason, the cause and its reason, and of the
   * restarts so far: of the set, those of them that count, those of single jobs that count.
   */
  List<String> decisions() throws IOException {
    List<String> told = new ArrayList<>();
    for (JsonNode decision : up.ask("get", "decisions", "--job-set", jobSet).path("items")) {
      JsonNode set = decision.path("set");
      told.add(
          0,
          String.join(
              " ",
              set.path("generation").asText(),
              set.path("outcome").asText(),
              set.path("reason").asText(),
              set.path("blamed").asText(),
              set.path("jobFailureReason").asText("-"),
              set.path("restarts").asText(),
              set.path("counted").asText(),
              set.path("countedOfJobs").asText()));
    }
    return told;
  }

  /** Its event stream, from its beginning to now. */
  List<JsonNode> events() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    String lines = up.run("watch", queue, jobSet, "--no-follow", "-o", "jsonl");
    for (String line : lines.lines().toList()) {
      events.add(JSON.readTree(line));
    }
    return events;
  }

  /** How often each of its jobs was started, in their order. */
  List<Long> starts() throws IOException {
    List<JsonNode> leased = ofType("leased");
    return IntStream.range(0, jobs)
        .mapToObj(
            index ->
                leased.stream()
                    .filter(event -> event.path("jobId").asText().equals(job(index)))
                    .count())
        .toList();
  }

  /** Its events of a type. */
  List<JsonNode> ofType(String type) throws IOException {
    return events().stream().filter(event -> event.path("type").asText().equals(type)).toList();
  }

  /** The reasons of the failures that ended its jobs. */
  List<String> reasonsOfEnds() throws IOException {
    return ofType("failed").stream()
        .filter(event -> !event.path("retryable").asBoolean())
        .map(event -> event.path("reason").asText())
        .toList();
  }
}
