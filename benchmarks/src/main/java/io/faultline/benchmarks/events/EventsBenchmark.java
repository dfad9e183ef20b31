package io.faultline.benchmarks.events;

import static io.faultline.benchmarks.Progress.say;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.benchmarks.WorkFolder;
import io.faultline.benchmarks.up.UpProcess;
import io.faultline.eventtest.EventTest;
import io.faultline.eventtest.EventTestReader;
import io.faultline.eventtest.RecordedStream;
import io.faultline.eventtest.Verdict;
import io.faultline.rules.yaml.YamlFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Judges a recorded stream, beside parsing each of its lines as JSON in the same run; and runs a
 * test of many jobs on {@code up}, beside the time from the first job's submission to the last
 * one's end, as their events have it.
 */
@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    description = "faultline test events: what judging costs, and what it adds to the jobs.")
public final class EventsBenchmark implements Callable<Integer> {

  private static final String JOB =
      """
      queue: bench
      batchSize: %d
      jobs:
        - namespace: default
          podSpec:
            restartPolicy: Never
            containers:
              - name: main
                image: "bench:1"
                command: [sleep, "%d"]
                resources: {requests: {cpu: 10m, memory: 16Mi}, limits: {cpu: 10m, memory: 16Mi}}
      timeout: 1h
      expectedEvents:
        - submitted:
        - running:
        - succeeded:
      """;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "events of the recorded stream; 0: leave it out (default: ${DEFAULT-VALUE})")
  private int events = 1_000_000;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "jobs of the live test; 0: leave it out (default: ${DEFAULT-VALUE})")
  private int jobs = 1_000;

  @Option(
      names = "--job-seconds",
      paramLabel = "N",
      description = "how long each job takes (default: ${DEFAULT-VALUE})")
  private int lasts = 1;

  @Override
  public Integer call() throws Exception {
    ObjectNode json = new JsonMapper().createObjectNode();
    json.put("benchmark", "events");
    try (WorkFolder folder = WorkFolder.make()) {
      if (events > 0) {
        json.set("recorded", recorded(folder.path()));
      }
      if (jobs > 0) {
        json.set("live", live(folder.path()));
      }
    }
    System.out.println(json.toPrettyString());
    return 0;
  }

  private ObjectNode recorded(Path folder) throws Exception {
    Path stream = folder.resolve("stream.jsonl");
    int written = RecordedLives.write(stream, events);
    EventTest test = EventTestReader.read(YamlFile.read("test", RecordedLives.EXPECTED));
    say("%d events are %d MiB", written, Files.size(stream) >> 20);
    double parsing = seconds(() -> parse(stream));
    say("parsed as JSON in %.1f s", parsing);
    double judging = seconds(() -> judge(test, stream));
    say("judged in %.1f s", judging);
    ObjectNode json = new JsonMapper().createObjectNode();
    json.put("events", written);
    json.put("seconds", judging);
    json.put("parsingSeconds", parsing);
    json.put("ratioToParsing", rounded(judging / parsing));
    return json;
  }

  private static void judge(EventTest test, Path stream) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(stream)) {
      Verdict verdict = RecordedStream.judge(test, stream.toString(), lines);
      if (verdict.result() != Verdict.Result.PASS) {
        throw new IllegalStateException(verdict.message());
      }
    }
  }

  private static void parse(Path stream) throws IOException {
    JsonMapper mapper = new JsonMapper();
    try (BufferedReader lines = Files.newBufferedReader(stream)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        mapper.readTree(line);
      }
    }
  }

  private ObjectNode live(Path folder) throws Exception {
    Path spec = Files.writeString(folder.resolve("live.yaml"), JOB.formatted(jobs, lasts));
    Path stream = folder.resolve("live.jsonl");
    double testing;
    try (UpProcess up = new UpProcess(folder)) { // which builds the command at its first use
      up.awaitUp();
      say("up; %d jobs", jobs);
      String[] test = {
        "test", "events", spec.toString(), "--create-queues", "--record", stream.toString()
      };
      testing = seconds(() -> up.run(test));
    }
    Duration own = ownTime(stream);
    say("tested in %.1f s", testing);
    ObjectNode json = new JsonMapper().createObjectNode();
    json.put("jobs", jobs);
    json.put("seconds", testing);
    json.put("ownSeconds", own.toMillis() / 1e3);
    json.put("added", rounded(testing / (own.toMillis() / 1e3) - 1));
    return json;
  }

  /** From the first event to the last one. */
  private static Duration ownTime(Path stream) throws IOException {
    Instant first = Instant.MAX;
    Instant last = Instant.MIN;
    JsonMapper mapper = new JsonMapper();
    for (String line : Files.readAllLines(stream)) {
      JsonNode at = mapper.readTree(line).path("at");
      if (at.isTextual()) {
        Instant time = Instant.parse(at.asText());
        first = time.isBefore(first) ? time : first;
        last = time.isAfter(last) ? time : last;
      }
    }
    return Duration.between(first, last);
  }

  private interface Step {
    void run() throws Exception;
  }

  private static double seconds(Step step) throws Exception {
    long begin = System.nanoTime();
    step.run();
    return Math.round((System.nanoTime() - begin) / 1e6) / 1e3;
  }

  private static double rounded(double ratio) {
    return Math.round(ratio * 1_000) / 1e3;
  }
}
