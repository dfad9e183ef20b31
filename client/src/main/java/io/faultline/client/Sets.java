package io.faultline.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;

/**
 * Submits JobSets, cancels sets and tells of them. Every method throws {@link RefusedException}
 * where the server refuses and {@link UnreachableException} where no answer comes.
 */
public final class Sets {

  private final Rest rest;

  Sets(Rest rest) {
    this.rest = rest;
  }

  /**
   * A set that was submitted.
   *
   * @param setId its id
   * @param name as its manifest has it
   * @param queue the queue it went to
   * @param jobSet the job set that its jobs belong to
   * @param jobs how many jobs it has, one for each pod
   * @param json all that was answered
   */
  public record Submitted(
      String setId, String name, String queue, String jobSet, int jobs, JsonNode json) {}

  /** As {@link #submit(String, String, String, String)}, as the manifest says it. */
  public Submitted submit(String manifest) {
    return submit(manifest, "", "", UUID.randomUUID().toString());
  }

  /**
   * Submits a JobSet. Where the answer is lost, or the server is away, it asks again under the same
   * key, so that nothing is submitted twice.
   *
   * @param manifest YAML or JSON, one document
   * @param queue the queue; where empty the manifest names it
   * @param jobSet the job set; where empty the manifest names it, or it is called as the set is
   * @param key the idempotency key, 1 to 255 visible ASCII characters: the same manifest again
   *     under it gives the same set
   */
  public Submitted submit(String manifest, String queue, String jobSet, String key) {
    String path = "/sets?queue=" + Rest.part(queue) + "&jobSet=" + Rest.part(jobSet);
    JsonNode json = rest.submit(path, manifest, key).json();
    return new Submitted(
        json.path("setId").asText(),
        json.path("name").asText(),
        json.path("queue").asText(),
        json.path("jobSet").asText(),
        json.path("jobs").asInt(),
        json);
  }

  /** A set with what it has been through. */
  public JsonNode get(String setId) {
    return rest.get("/sets/" + Rest.part(setId));
  }

  /** The newest sets. */
  public List<JsonNode> list(int limit) {
    return rest.list("/sets", limit);
  }

  /**
   * Asks for the end of a set.
   *
   * @param reason kept with its jobs; empty for none
   * @return the set's id, and its state before
   * @throws RefusedException.Conflict where it has ended
   */
  public JsonNode cancel(String setId, String reason) {
    String path = "/sets/" + Rest.part(setId) + "/cancel";
    return rest.send(Call.json("POST", path, Rest.because(reason))).json();
  }
}
