package io.faultline.server.lookout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** The state of a set, from those of its jobs. */
final class SetState {

  private static final List<String> ENDS_BY_WEIGHT =
      List.of("failed", "preempted", "cancelled", "succeeded");

  private final int jobs;
  private final JsonNode shown;

  /**
   * @param jobs how many the set has
   * @param shown how many of them are in which state, of those that the ingester's tables show
   */
  SetState(int jobs, JsonNode shown) {
    this.jobs = jobs;
    this.shown = shown;
  }

  /** One word, lower-case: that of the heaviest end once all have ended, else how far any is. */
  String word() {
    int ended = ENDS_BY_WEIGHT.stream().mapToInt(this::count).sum();
    if (ended >= jobs) {
      return ENDS_BY_WEIGHT.stream().filter(end -> count(end) > 0).findFirst().orElseThrow();
    }
    if (count("running") > 0) {
      return "running";
    }
    if (count("pending") + count("leased") > 0) {
      return "pending";
    }
    return count("retrying") > 0 ? "retrying" : "queued";
  }

  /**
   * How many jobs are in which state, by the words of jobs; those that nothing shows are accepted.
   */
  ObjectNode counts() {
    ObjectNode counts = JsonNodeFactory.instance.objectNode();
    int seen = JobFilter.STATES.stream().mapToInt(this::count).sum();
    for (String state : JobFilter.STATES) {
      int count = state.equals(JobFilter.ACCEPTED) ? Math.max(jobs - seen, 0) : count(state);
      if (count > 0) {
        counts.put(state.toUpperCase(Locale.ROOT), count);
      }
    }
    return counts;
  }

  private int count(String state) {
    return shown.path(state).asInt();
  }
}
