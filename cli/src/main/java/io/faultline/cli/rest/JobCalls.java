package io.faultline.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.cli.CliException;
import io.faultline.cli.ExitCode;
import io.faultline.client.Jobs.Job;
import io.faultline.client.RefusedException;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is asked of a server about jobs, alike wherever it is asked. */
public final class JobCalls {
  private static final int SUFFIX_LENGTH = 8;

  private JobCalls() {}

  /**
   * Submits it. Where the answer is lost, it asks again under the same key, so that nothing is
   * submitted twice.
   *
   * @param file a job file's content
   * @param key the idempotency key
   * @return the jobs with their ids, in the order of the file
   * @throws CliException where the server refuses or can't be reached
   */
  public static List<JsonNode> submit(RestClient client, JsonNode file, String key) {
    return sure(key, () -> json(client.ask(c -> c.jobs().submit(file.toString(), key))));
  }

  /**
   * As {@link #submit}, of a JobSet.
   *
   * @param manifest its content
   * @param queue the queue; null where the manifest names it
   * @param jobSet the job set; null where the manifest names it
   * @return the set with its id
   */
  public static JsonNode submitSet(
      RestClient client,
      JsonNode manifest,
      @Nullable String queue,
      @Nullable String jobSet,
      String key) {
    return sure(
        key,
        () ->
            client
                .ask(
                    c -> c.sets().submit(manifest.toString(), orEmpty(queue), orEmpty(jobSet), key))
                .json());
  }

  private static <T> T sure(String key, Supplier<T> submit) {
    try {
      return submit.get();
    } catch (CliException e) {
      throw e.exitCode() != ExitCode.UNREACHABLE
          ? e
          : new CliException(
              ExitCode.UNREACHABLE,
              e.getMessage() + "; it is safe to submit again with --idempotency-key " + key);
    }
  }

  /**
   * Asks for the end of a job.
   *
   * @param reason kept with the job; null for none
   * @return the job with its state before
   * @throws CliException where the server refuses or can't be reached
   */
  public static JsonNode cancel(RestClient client, String jobId, @Nullable String reason) {
    return client.ask(c -> c.jobs().cancel(jobId, orEmpty(reason))).json();
  }

  /** As {@link #cancel}; a job that has ended is left as it is. */
  public static void cancelIfLive(RestClient client, String jobId, String reason) {
    client.ask(
        c -> {
          try {
            return c.jobs().cancel(jobId, reason);
          } catch (RefusedException.Conflict ended) {
            return ended.problem();
          }
        });
  }

  /**
   * Asks for the end of all jobs of a set that have not ended.
   *
   * @param reason kept with the jobs; null for none
   * @return these jobs with their states before
   * @throws CliException where the server refuses or can't be reached
   */
  public static List<JsonNode> cancelSet(
      RestClient client, String queue, String jobSet, @Nullable String reason) {
    return json(client.ask(c -> c.jobs().cancelSet(queue, jobSet, orEmpty(reason))));
  }

  /**
   * Asks for the end of a set by its id.
   *
   * @param reason kept with its jobs; null for none
   * @return the set's id, and its state before
   * @throws CliException where the server refuses or can't be reached
   */
  public static JsonNode cancelSet(RestClient client, String setId, @Nullable String reason) {
    return client.ask(c -> c.sets().cancel(setId, orEmpty(reason)));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static List<JsonNode> json(List<Job> jobs) {
    return jobs.stream().map(Job::json).toList();
  }

  /** Whether there is no such queue; a server that refuses to say will refuse jobs, too. */
  public static boolean queueIsMissing(RestClient client, String queue) {
    return client.ask(
        c -> {
          try {
            return c.queues().find(queue).isEmpty();
          } catch (RefusedException refusesToSay) {
            return false;
          }
        });
  }

  /**
   * Makes a queue with priority factor 1 and without a retry policy.
   *
   * @return false where another has made it meanwhile
   * @throws CliException where the server refuses or can't be reached
   */
  public static boolean makeQueue(RestClient client, String queue) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("apiVersion", "faultline.io/v1").put("kind", "Queue").put("name", queue);
    document.put("priorityFactor", 1);
    return client.ask(
        c -> {
          try {
            return c.queues().create(document.toString()).revision() > 0;
          } catch (RefusedException.Conflict madeMeanwhile) {
            return false;
          }
        });
  }

  /** The name with a suffix that no other has. */
  public static String unique(String name) {
    return name + "-" + UUID.randomUUID().toString().substring(0, SUFFIX_LENGTH);
  }
}
