package io.faultline.junit;

import io.faultline.cli.rest.JobCalls;
import io.faultline.cli.rest.RestClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A Faultline as one test sees it, injected by {@link FaultlineExtension}. The job sets that the
 * test makes are its own; queues, categories and policies are all tests' of that system. May be
 * used by many threads.
 */
public final class Faultline {

  private final Server server;
  private final RestClient client;
  private final Duration timeout;
  private final String test;
  private final List<JobSet> jobSets = new ArrayList<>();

  /**
   * @param timeout how long assertions wait that do not say it
   * @param test the test's name
   */
  Faultline(Server server, Duration timeout, String test) {
    this.server = server;
    this.client = server.client();
    this.timeout = timeout;
    this.test = test;
  }

  /** Where its server answers, for other clients. */
  public String serverUrl() {
    return server.url();
  }

  /** The token that it asks for; empty where none was given. */
  public String token() {
    return server.token();
  }

  /**
   * Makes a queue of this name, without a retry policy, where there is none yet. It stays.
   *
   * @throws io.faultline.cli.CliException where the server refuses or can't be reached
   */
  public void createQueue(String name) {
    if (JobCalls.queueIsMissing(client, name)) {
      var unused = JobCalls.makeQueue(client, name); // another test may have made it meanwhile
    }
  }

  /**
   * Creates or replaces queues, categories and policies, and waits until they are in force.
   *
   * @param documents one or more of them, as YAML
   * @throws IllegalStateException where one is refused, or is not in force after a minute
   */
  public void apply(String documents) {
    server.run(documents, "apply", "--wait", "-f", "-");
  }

  /**
   * Creates or replaces queues, categories and policies, and waits until they are in force.
   *
   * @param files resource files
   * @throws IllegalStateException where one is refused, or is not in force after a minute
   */
  public void apply(Path... files) {
    List<String> args = new ArrayList<>(List.of("apply", "--wait"));
    for (Path file : files) {
      args.addAll(List.of("-f", file.toString()));
    }
    server.run("", args.toArray(String[]::new));
  }

  /**
   * Submits the jobs of a text, as a new job set of this test.
   *
   * @param jobFile a job file's content; its {@code jobSetId} may be missing, and gets a suffix of
   *     its own where it is not
   * @throws io.faultline.rules.yaml.RuleFileException where it is no job file
   * @throws io.faultline.cli.CliException where the server refuses or can't be reached
   */
  public JobSet submit(String jobFile) {
    return submit(JobText.of("job file", jobFile));
  }

  /**
   * Submits the jobs of a file, as a new job set of this test.
   *
   * @param jobFile its {@code jobSetId} may be missing, and gets a suffix of its own where it is
   *     not
   * @throws io.faultline.rules.yaml.RuleFileException where it is no job file
   * @throws java.io.UncheckedIOException where it can't be read
   * @throws io.faultline.cli.CliException where the server refuses or can't be reached
   */
  public JobSet submit(Path jobFile) {
    return submit(JobText.read(jobFile));
  }

  private JobSet submit(JobText jobs) {
    JobSet jobSet =
        new JobSet(client, timeout, jobs.queue(), JobCalls.unique(jobs.jobSet().orElse(test)));
    synchronized (jobSets) {
      jobSets.add(jobSet);
    }
    jobSet.submit(jobs);
    return jobSet;
  }

  /**
   * Cancels the jobs that have not ended, when the test is over.
   *
   * @throws RuntimeException where that was refused, after all has been tried
   */
  void end() {
    RuntimeException failure = null;
    synchronized (jobSets) {
      for (JobSet jobSet : jobSets) {
        try {
          jobSet.end();
        } catch (RuntimeException e) {
          if (failure == null) {
            failure = e;
          } else {
            failure.addSuppressed(e);
          }
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
