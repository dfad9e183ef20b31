package io.faultline.cli.online;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.output.Cells;
import io.faultline.cli.output.Output;
import io.faultline.cli.output.OutputFormat;
import io.faultline.cli.output.OutputOption;
import io.faultline.cli.rest.EventStream;
import io.faultline.cli.rest.EventStream.Event;
import io.faultline.cli.rest.RestClient;
import io.faultline.cli.rest.ServerOption;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code faultline watch QUEUE JOBSET}: the events of a job set, from the first one on, as they
 * happen. A stream that breaks is taken up where it broke.
 */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = "Shows the events of a job set, from the first one on, as they happen.")
public final class WatchCommand implements Callable<Integer> {
  private static final Set<String> ENDS = Set.of("succeeded", "cancelled", "preempted");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TRIES = 60;
  private static final long PAUSE_MILLIS = 500;

  private final Console console;

  @Parameters(index = "0", paramLabel = "QUEUE", description = "the queue")
  private String queue;

  @Parameters(index = "1", paramLabel = "JOBSET", description = "the job set")
  private String jobSet;

  @Option(names = "--job", paramLabel = "ID", description = "only this job; ends when it does")
  private String job;

  @Option(
      names = "--no-follow",
      description = "ends after the events that are there, and does not wait for more")
  private boolean noFollow;

  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  private String position = "";

  public WatchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    RestClient client = server.client(console);
    StringBuilder path =
        new StringBuilder(
            "/queues/%s/job-sets/%s/events?follow=%s"
                .formatted(RestClient.part(queue), RestClient.part(jobSet), !noFollow));
    if (job != null) {
      path.append("&jobId=").append(RestClient.part(job));
    }
    boolean connected = false;
    for (int lost = 0; ; lost++) {
      try (EventStream stream = new EventStream(client.events(path.toString(), position))) {
        connected = true;
        String before = position;
        if (show(stream)) {
          return ExitCode.FINE.number();
        }
        lost = position.equals(before) ? lost : 0;
      } catch (IOException e) {
        lost = Math.max(lost, 0); // taken up again below
      } catch (CliException e) {
        if (!connected || e.exitCode() != ExitCode.UNREACHABLE || lost >= TRIES) {
          throw e;
        }
      }
      pause();
    }
  }

  /** Shows events until the stream ends; true where nothing more is to come. */
  private boolean show(EventStream stream) throws IOException {
    Optional<Event> next = stream.next();
    while (next.isPresent()) {
      JsonNode event = parse(next.get().data());
      show(event);
      if (!next.get().id().isEmpty()) {
        position = next.get().id();
      }
      if (job != null && ends(event)) {
        return true;
      }
      next = stream.next();
    }
    return noFollow;
  }

  private static boolean ends(JsonNode event) {
    String type = event.path("type").asText();
    return ENDS.contains(type) || (type.equals("failed") && !event.path("retryable").asBoolean());
  }

  private void show(JsonNode event) {
    OutputFormat format = output.format();
    if (format == OutputFormat.YAML) {
      console.out().println("---");
    }
    new Output(console.out(), format == OutputFormat.JSON ? OutputFormat.JSONL : format)
        .one(event, out -> out.println(line(event)));
  }

  private static String line(JsonNode event) {
    StringBuilder line =
        new StringBuilder(
            "%s  %s  %-14s"
                .formatted(
                    Cells.at(event, "at"), Cells.at(event, "jobId"), Cells.at(event, "type")));
    add(line, "run ", Cells.at(event, "runIndex"));
    add(line, "on ", Cells.at(event, "node"));
    if (Cells.at(event, "type").equals("failed")) {
      add(
          line,
          event.path("retryable").asBoolean() ? "retryable " : "final ",
          Cells.at(event, "reason"));
      add(line, "exit code ", Cells.at(event, "failureInfo.exitCode"));
      add(line, "", Cells.at(event, "failureInfo.category"));
      add(line, "", Cells.at(event, "failureInfo.subcategory"));
    }
    add(line, "run ", Cells.at(event, "nextRunIndex"));
    add(line, "due ", Cells.at(event, "dueAt"));
    return Cells.line(line.toString().stripTrailing(), 0);
  }

  private static void add(StringBuilder line, String label, String value) {
    if (!value.isEmpty()) {
      line.append("  ").append(label).append(value);
    }
  }

  private static JsonNode parse(String data) throws IOException {
    try {
      return JSON.readTree(data);
    } catch (JsonProcessingException e) {
      throw new IOException("the stream is broken", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.UNREACHABLE, "interrupted");
    }
  }
}
