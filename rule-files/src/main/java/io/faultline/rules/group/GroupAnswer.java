package io.faultline.rules.group;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.group.FailurePolicy;
import io.faultline.domain.group.GroupDecision;
import io.faultline.domain.group.GroupEngine;
import io.faultline.rules.json.GroupDecisionJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What {@code decide} says about a set: the decision, and what becomes of all that is listed. */
public final class GroupAnswer {

  /** What a set is told of that has nothing to decide: all that failed are older starts. */
  public static final String NOTHING = "none";

  /** Too long to be said of every decision; those after the first one go without. */
  private static final List<String> OF_THE_FIRST = List.of("collateral", "status", "trace");

  private GroupAnswer() {}

  /**
   * Asks the engine.
   *
   * @param policy empty for none
   * @return the first decision, with {@code then} (the decisions about what is left after it),
   *     {@code decidedAt}, {@code notWeighed} and {@code late}
   */
  public static ObjectNode of(Optional<FailurePolicy> policy, GroupFile group) {
    GroupFile.Weighed weighed = group.weighed();
    if (weighed.gathered().current().isEmpty()) {
      return with(nothing(group), weighed, JsonNodeFactory.instance.arrayNode());
    }
    List<GroupDecision> decisions =
        GroupEngine.decideAll(
            policy.orElse(null), weighed.gathered().current(), group.counters(), group.shape());
    ArrayNode then = JsonNodeFactory.instance.arrayNode();
    decisions.stream()
        .skip(1)
        .map(decision -> GroupDecisionJson.of(decision, group.shape()))
        .forEach(json -> then.add(json.remove(OF_THE_FIRST)));
    return with(GroupDecisionJson.of(decisions.get(0), group.shape()), weighed, then);
  }

  private static ObjectNode with(ObjectNode answer, GroupFile.Weighed weighed, ArrayNode then) {
    answer.set("then", then);
    answer.put("decidedAt", weighed.decidedAt().map(Instant::toString).orElse(null));
    answer.set("notWeighed", GroupDecisionJson.names(weighed.after()));
    answer.set("late", GroupDecisionJson.names(weighed.gathered().late()));
    return answer;
  }

  private static ObjectNode nothing(GroupFile group) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("outcome", NOTHING).putNull("action").putNull("rule").put("ruleName", "");
    answer.putNull("matchedJob").putArray("jobsToRestart");
    answer.put("countsTowardMax", false).put("reason", "");
    answer.put("message", "all failures are of earlier starts, and change nothing");
    answer.putArray("collateral");
    answer.set("status", GroupDecisionJson.status(group.counters(), group.shape()));
    answer.putArray("trace");
    return answer;
  }
}
