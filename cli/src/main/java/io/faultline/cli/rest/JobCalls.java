package io.faultline.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.cli.CliException;
import io.faultline.cli.ExitCode;
import io.faultline.cli.rest.RestClient.Answer;
import io.faultline.cli.rest.RestClient.Call;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is asked of a server about jobs, alike wherever it is asked. */
public final class JobCalls {
  private static final int TRIES = 3;
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
  public static JsonNode submit(RestClient client, JsonNode file, String key) {
    Map<String, String> headers =
        Map.of(
            "Accept",
            "application/json",
            "Content-Type",
            "application/json",
            "Idempotency-Key",
            key);
    Call call = new Call("POST", "/jobs", headers, file.toString());
    for (int attempt = 1; ; attempt++) {
      try {
        return client.send(call).json().path("jobs");
      } catch (CliException e) {
        if (e.exitCode() != ExitCode.UNREACHABLE) {
          throw e;
        }
        if (attempt == TRIES) {
          throw new CliException(
              ExitCode.UNREACHABLE,
              e.getMessage() + "; it is safe to submit again with --idempotency-key " + key);
        }
      }
    }
  }

  /**
   * Asks for the end of a job.
   *
   * @param reason kept with the job; null for none
   * @return the answer, which may be a refusal: 409 where the job has ended
   * @throws CliException where the server can't be reached
   */
  public static Answer cancel(RestClient client, String jobId, @Nullable String reason) {
    return client.attempt(
        Call.json("POST", "/jobs/" + RestClient.part(jobId) + "/cancel", because(reason)));
  }

  /**
   * Asks for the end of all jobs of a set that have not ended.
   *
   * @param reason kept with the jobs; null for none
   * @throws CliException where the server refuses or can't be reached
   */
  public static Answer cancelSet(
      RestClient client, String queue, String jobSet, @Nullable String reason) {
    String path =
        "/queues/%s/job-sets/%s/cancel".formatted(RestClient.part(queue), RestClient.part(jobSet));
    return client.send(Call.json("POST", path, because(reason)));
  }

  private static ObjectNode because(@Nullable String reason) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    return reason == null ? body : body.put("reason", reason);
  }

  /** Whether there is no such queue; a server that refuses to say will refuse jobs, too. */
  public static boolean queueIsMissing(RestClient client, String queue) {
    return client.attempt(Call.get("/queues/" + RestClient.part(queue))).status() == 404;
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
    Answer made = client.attempt(Call.json("POST", "/queues", document));
    if (made.status() == 409) {
      return false;
    }
    client.accepted(made);
    return true;
  }

  /** The name with a suffix that no other has. */
  public static String unique(String name) {
    return name + "-" + UUID.randomUUID().toString().substring(0, SUFFIX_LENGTH);
  }
}
