package io.faultline.junit;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.rest.JobCalls;
import io.faultline.cli.rest.JobSetFeed;
import io.faultline.cli.rest.RestClient;
import io.faultline.cli.testing.LiveJudge;
import io.faultline.eventtest.EventTest;
import io.faultline.eventtest.Judge;
import io.faultline.eventtest.ObservedEvent;
import io.faultline.eventtest.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A job set of one test, and the jobs that the test has submitted to it. What has not ended with
 * the test is cancelled. May be used by many threads.
 */
public final class JobSet {

  private final RestClient client;
  private final Duration timeout;
  private final String queue;
  private final String name;
  private final Set<String> jobIds = new LinkedHashSet<>();
  private final Set<String> ended = new LinkedHashSet<>();

  JobSet(RestClient client, Duration timeout, String queue, String name) {
    this.client = client;
    this.timeout = timeout;
    this.queue = queue;
    this.name = name;
  }

  /** Its queue. */
  public String queue() {
    return queue;
  }

  /** Its name, with the suffix that makes it this test's own. */
  public String name() {
    return name;
  }

  /** The jobs' ids, in the order in which they were submitted. */
  public synchronized List<String> jobIds() {
    return List.copyOf(jobIds);
  }

  /** How long assertions on it wait that do not say it. */
  Duration timeout() {
    return timeout;
  }

  /**
   * Submits further jobs to it.
   *
   * @param jobFile a job file's content, of the same queue; its {@code jobSetId} is not used
   * @throws IllegalArgumentException where it names another queue
   * @throws io.faultline.rules.yaml.RuleFileException where it is no job file
   * @throws io.faultline.cli.CliException where the server refuses or can't be reached
   */
  public void submit(String jobFile) {
    submit(JobText.of("job file", jobFile));
  }

  /**
   * Submits further jobs to it.
   *
   * @param jobFile of the same queue; its {@code jobSetId} is not used
   * @throws IllegalArgumentException where it names another queue
   * @throws io.faultline.rules.yaml.RuleFileException where it is no job file
   * @throws java.io.UncheckedIOException where it can't be read
   * @throws io.faultline.cli.CliException where the server refuses or can't be reached
   */
  public void submit(Path jobFile) {
    submit(JobText.read(jobFile));
  }

  void submit(JobText jobs) {
    if (!jobs.queue().equals(queue)) {
      throw new IllegalArgumentException(
          "job set %s is of queue \"%s\", not of \"%s\"".formatted(name, queue, jobs.queue()));
    }
    List<JsonNode> made = JobCalls.submit(client, jobs.as(name), UUID.randomUUID().toString());
    synchronized (this) {
      made.forEach(job -> jobIds.add(job.path("jobId").asText()));
    }
  }

  /**
   * Cancels all its jobs that have not ended.
   *
   * @throws io.faultline.cli.CliException where the server refuses or can't be reached
   */
  public void cancel() {
    cancel("cancelled by its test");
  }

  private void cancel(String why) {
    var unused = JobCalls.cancelSet(client, queue, name, why);
  }

  /**
   * Waits for the verdict on its jobs' events, from the first one on.
   *
   * @throws IllegalArgumentException where no jobs were submitted
   * @throws io.faultline.cli.CliException where the server refuses or is away for too long
   */
  Verdict judge(EventTest test) {
    Judge judge = new Judge(test, jobIds());
    try (JobSetFeed feed = new JobSetFeed(client, queue, name)) {
      LiveJudge events = new LiveJudge(feed, judge);
      events.tell((json, event) -> saw(event));
      return new Patience(name, judge, events).await();
    }
  }

  private synchronized void saw(ObservedEvent event) {
    if (event.terminal()) {
      ended.add(event.jobId());
    }
  }

  /** Cancels what has not ended, as far as is known, when the test is over. */
  void end() {
    boolean over;
    synchronized (this) {
      over = ended.containsAll(jobIds);
    }
    if (!over) {
      cancel("its test is over");
    }
  }

  @Override
  public String toString() {
    return "job set " + name + " of queue " + queue;
  }
}
