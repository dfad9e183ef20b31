package io.faultline.cli.online;

import io.faultline.cli.CliException;
import io.faultline.cli.ExitCode;
import io.faultline.cli.rest.RestClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which events are watched, from when on. */
final class WatchFilter {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "QUEUE",
      description = "the queue of one job set, from its first event on")
  private String setQueue;

  @Parameters(index = "1", arity = "0..1", paramLabel = "JOBSET", description = "the job set")
  private String set;

  @Option(names = "--queue", paramLabel = "QUEUE", description = "only of this queue")
  private List<String> queues = new ArrayList<>();

  @Option(names = "--job-set", paramLabel = "JOBSET", description = "only of this job set")
  private List<String> jobSets = new ArrayList<>();

  @Option(
      names = "--job",
      paramLabel = "ID",
      description = "only this job; where it is the only one, ends when it does")
  private List<String> jobs = new ArrayList<>();

  @Option(
      names = "--category",
      paramLabel = "CATEGORY",
      description = "only failures with this category")
  private List<String> categories = new ArrayList<>();

  @Option(names = "--owner", paramLabel = "NAME", description = "only of jobs that they submitted")
  private List<String> owners = new ArrayList<>();

  @Option(names = "--type", paramLabel = "TYPE", description = "only this type, such as failed")
  private List<String> types = new ArrayList<>();

  @Option(names = "--terminal", description = "only events that end a job")
  private boolean terminal;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = SinceTime.class,
      description = "begins with what happened then; a time, or how long ago, such as 1h")
  private Instant since;

  /** Whether there is nothing to wait for once one job has ended. */
  boolean oneJob() {
    return jobs.size() == 1;
  }

  /**
   * What to ask the server for.
   *
   * @throws CliException where the parameters contradict each other
   */
  String path(boolean follow) {
    StringBuilder path = new StringBuilder();
    if (setQueue == null) {
      path.append("/events?follow=").append(follow);
    } else if (set == null) {
      throw new CliException(ExitCode.BAD_INPUT, "QUEUE and JOBSET come together; or use --queue");
    } else if (!queues.isEmpty() || !jobSets.isEmpty()) {
      throw new CliException(
          ExitCode.BAD_INPUT, "either QUEUE and JOBSET or --queue and --job-set, not both");
    } else {
      path.append(
          "/queues/%s/job-sets/%s/events?follow=%s"
              .formatted(RestClient.part(setQueue), RestClient.part(set), follow));
    }
    add(path, "queue", queues);
    add(path, "jobSet", jobSets);
    add(path, "jobId", jobs);
    add(path, "category", categories);
    add(path, "owner", owners);
    add(path, "type", types);
    if (terminal) {
      path.append("&terminal=true");
    }
    if (since != null) {
      path.append("&since=").append(RestClient.part(since.toString()));
    }
    return path.toString();
  }

  private static void add(StringBuilder path, String name, List<String> values) {
    values.forEach(
        value -> path.append('&').append(name).append('=').append(RestClient.part(value)));
  }
}
