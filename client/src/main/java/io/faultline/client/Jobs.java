package io.faultline.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Submits and cancels. Every method throws {@link RefusedException} where the server refuses and
 * {@link UnreachableException} where no answer comes.
 */
public final class Jobs {

  private final Rest rest;

  Jobs(Rest rest) {
    this.rest = rest;
  }

  /**
   * A job that was submitted, or asked to end.
   *
   * @param jobId its id
   * @param clientId what the job file calls it; empty where it does not, and in answers to cancels
   * @param state of one that was asked to end: that before; else empty
   * @param json all that was answered
   */
  public record Job(String jobId, String clientId, String state, JsonNode json) {}

  /** As {@link #submit(String, String)}, under a key that nobody else has. */
  public List<Job> submit(String jobFile) {
    return submit(jobFile, UUID.randomUUID().toString());
  }

  /**
   * Submits the jobs of a job file. Where the answer is lost, or the server is away, it asks again
   * under the same key, so that nothing is submitted twice.
   *
   * @param jobFile YAML or JSON, one document
   * @param key the idempotency key, 1 to 255 visible ASCII characters: the same file again under it
   *     gives the same jobs
   * @return the jobs in the order of the file
   */
  public List<Job> submit(String jobFile, String key) {
    return jobs(rest.submit("/jobs", jobFile, key));
  }

  /**
   * Asks for the end of a job.
   *
   * @param reason kept with the job; empty for none
   * @throws RefusedException.Conflict where it has ended
   */
  public Job cancel(String jobId, String reason) {
    String path = "/jobs/" + Rest.part(jobId) + "/cancel";
    return jobs(rest.send(Call.json("POST", path, Rest.because(reason)))).get(0);
  }

  /**
   * Has the run started at once that a job waits for.
   *
   * @throws RefusedException.Conflict where it waits for none
   */
  public Job retry(String jobId) {
    return jobs(rest.send(Call.of("POST", "/jobs/" + Rest.part(jobId) + "/retry"))).get(0);
  }

  /**
   * Asks for the end of all jobs of a set that have not ended.
   *
   * @param reason kept with the jobs; empty for none
   * @return those that were asked to end
   */
  public List<Job> cancelSet(String queue, String jobSet, String reason) {
    String path = "/queues/%s/job-sets/%s/cancel".formatted(Rest.part(queue), Rest.part(jobSet));
    return jobs(rest.send(Call.json("POST", path, Rest.because(reason))));
  }

  private static List<Job> jobs(Answer answer) {
    List<Job> jobs = new ArrayList<>();
    for (JsonNode job : answer.array("jobs")) {
      jobs.add(
          new Job(
              job.path("jobId").asText(),
              job.path("clientId").asText(""),
              job.path("state").asText(""),
              job));
    }
    return jobs;
  }
}
