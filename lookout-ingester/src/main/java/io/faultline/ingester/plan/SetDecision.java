package io.faultline.ingester.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.group.GroupVerdict;

/**
 * What was decided about a set.
 *
 * @param setId the set
 * @param setName its name
 * @param generation which was decided about, from 0
 * @param json all else of it
 */
public record SetDecision(String setId, String setName, int generation, String json) {

  /** Null where the decision is about a job in no set. */
  static SetDecision of(GroupVerdict verdict) {
    return verdict == null
        ? null
        : new SetDecision(
            Storable.clean(verdict.setId()),
            Storable.clean(verdict.setName()),
            verdict.generation(),
            Storable.json(json(verdict)));
  }

  /** What carries nothing is left out. */
  private static ObjectNode json(GroupVerdict verdict) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("outcome", verdict.outcome().word());
    if (verdict.action() != null) {
      json.put("action", verdict.action().word());
    }
    json.put("reason", verdict.reason());
    json.put("blamed", verdict.blamed());
    if (verdict.jobFailureReason() != null) {
      json.put("jobFailureReason", verdict.jobFailureReason().word());
    }
    if (!verdict.jobFailureMessage().isEmpty()) {
      json.put("jobFailureMessage", verdict.jobFailureMessage());
    }
    json.put("failed", verdict.failed());
    ArrayNode collateral = json.putArray("collateral");
    verdict.collateral().forEach(collateral::add);
    json.put("collateralCount", verdict.collateralCount())
        .put("restarts", verdict.restarts())
        .put("counted", verdict.counted())
        .put("countedOfJobs", verdict.countedOfJobs());
    if (!verdict.categories().isEmpty()) {
      verdict.categories().forEach(json.putArray("categories")::add);
    }
    return json;
  }
}
