package io.faultline.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.CliException;
import io.faultline.cli.ExitCode;
import io.faultline.cli.rest.RestClient.Call;
import java.util.Map;

/** Submits a job file. */
public final class Submitter {
  private static final int TRIES = 3;

  private Submitter() {}

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
}
