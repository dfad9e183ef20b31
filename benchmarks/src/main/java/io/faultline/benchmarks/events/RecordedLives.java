package io.faultline.benchmarks.events;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A recorded stream of jobs that run out of memory once and then pass, eight events each. */
final class RecordedLives {

  /** What each of them has. */
  static final String EXPECTED =
      """
      expectedEvents:
        - submitted:
        - running:
        - failed: {categories: [oom, killed], retryable: true, reason: "exit code 137"}
        - succeeded: {within: 1h}
      """;

  private static final String[] TYPES = {
    "submitted", "leased", "pending", "running", "failed", "retryScheduled", "leased", "succeeded"
  };
  private static final String FAILURE =
      """
      "kind":"PodFailed","reason":"OOMKilled",\
      "message":"Container main failed with exit code 137 because OOMKilled","retryable":true,\
      "policy":"bench","failureInfo":{"exitCode":137,"containerName":"main","category":"oom",\
      "categories":["killed","oom"]},""";
  private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00.000001Z");

  private RecordedLives() {}

  /**
   * Writes one, as a server sends it: all jobs' first events, then all their second ones.
   *
   * @param events about how many
   * @return how many there are
   */
  static int write(Path file, int events) throws IOException {
    int jobs = Math.max(1, events / TYPES.length);
    try (Writer writer = Files.newBufferedWriter(file)) {
      writer.write(
          IntStream.range(0, jobs)
              .mapToObj(job -> '"' + id(job) + '"')
              .collect(Collectors.joining(",", "{\"jobs\":[", "]}\n")));
      for (int i = 0; i < TYPES.length; i++) {
        for (int job = 0; job < jobs; job++) {
          writer.write(line(job, i));
        }
      }
    }
    return jobs * TYPES.length;
  }

  private static String line(int job, int sequence) {
    String type = TYPES[sequence];
    return ("{\"eventId\":\"%s/%d\",\"jobId\":\"%s\",\"queue\":\"bench\",\"jobSet\":\"bench\","
            + "\"type\":\"%s\",\"sequence\":%d,\"runId\":\"6e04d528-aaea-396e-8477-a515fb05713b\","
            + "\"runIndex\":%d,\"cluster\":\"local\",\"executor\":\"up\",\"node\":\"vm\",%s"
            + "\"at\":\"%s\"}%n")
        .formatted(
            id(job),
            sequence,
            id(job),
            type,
            sequence,
            sequence / 6,
            type.equals("failed") ? FAILURE : "",
            BEGIN.plusMillis(sequence * 100_000L + job));
  }

  private static String id(int job) {
    return "01a208b4-0036-73b9-8039-%012d".formatted(job);
  }
}
