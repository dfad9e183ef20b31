package io.faultline.rules.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.resources.Quantity;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.Mutations;
import io.faultline.domain.retry.Mutations.Factor;
import io.faultline.domain.retry.Mutations.Fixed;
import io.faultline.domain.retry.TraceStep;
import java.math.BigDecimal;

/** A decision as JSON: the answer of {@code decide}, and what is kept of each decision. */
public final class DecisionJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private DecisionJson() {}

  /** All fields are there; {@code rule} is null where none matched. */
  public static ObjectNode of(Decision decision) {
    ObjectNode json = JSON.objectNode();
    json.put("decision", decision.retry() ? "retry" : "fail");
    json.put("reason", decision.reason().word());
    json.put("message", decision.message());
    if (decision.ruleIndex() == null) {
      json.putNull("rule");
    } else {
      json.putObject("rule").put("index", decision.ruleIndex()).put("name", decision.ruleName());
    }
    json.put("retriesUsed", decision.retriesUsed());
    json.put("retryLimit", decision.retryLimit());
    json.put("globalMaxRetries", decision.globalMaxRetries());
    json.set("mutations", mutations(decision.mutations()));
    json.putNull("backoff");
    ArrayNode trace = json.putArray("trace");
    decision.trace().forEach(step -> trace.add(step(step)));
    return json;
  }

  private static ObjectNode mutations(Mutations mutations) {
    ObjectNode json = JSON.objectNode();
    if (mutations.avoidSameNode()) {
      json.put("avoidSameNode", true);
    }
    if (mutations.memory() instanceof Factor factor) {
      json.putObject("memory").put("factor", new BigDecimal(factor.factor()));
    } else if (mutations.memory() instanceof Fixed fixed) {
      json.putObject("memory").put("static", Quantity.ofBytes(fixed.bytes()).toString());
    }
    return json;
  }

  private static ObjectNode step(TraceStep step) {
    return JSON.objectNode()
        .put("check", step.check())
        .put("value", step.value())
        .put("expected", step.expected())
        .put("holds", step.holds());
  }
}
