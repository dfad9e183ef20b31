package io.faultline.rules.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.resources.Growth;
import io.faultline.domain.resources.Growth.Factor;
import io.faultline.domain.resources.Growth.Fixed;
import io.faultline.domain.retry.Backoff;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.Mutations;
import io.faultline.domain.retry.ShadowDecision;
import io.faultline.domain.retry.TraceStep;
import io.faultline.rules.yaml.GoDuration;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

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
    json.set("backoff", backoff(decision.pause()));
    ArrayNode trace = json.putArray("trace");
    decision.trace().forEach(step -> trace.add(step(step)));
    return json;
  }

  /** As {@link #of(Decision)}, with the policy, its revision, and whether it {@code agrees}. */
  public static ObjectNode of(ShadowDecision shadow) {
    ObjectNode json = JSON.objectNode();
    json.put("policy", shadow.decision().policy());
    json.put("policyRevision", shadow.policyRevision());
    json.put("agrees", shadow.agrees());
    json.setAll(of(shadow.decision()));
    return json;
  }

  private static ObjectNode mutations(Mutations mutations) {
    ObjectNode json = JSON.objectNode();
    if (mutations.avoidSameNode()) {
      json.put("avoidSameNode", true);
    }
    if (mutations.preferOtherNode()) {
      json.put("preferOtherNode", true);
    }
    mutations.growths().forEach(growth -> json.set(growth.amount().word(), growth(growth)));
    return json;
  }

  private static ObjectNode growth(Growth growth) {
    ObjectNode json = JSON.objectNode();
    if (growth instanceof Factor factor) {
      json.put("factor", new BigDecimal(factor.factor()));
    } else if (growth instanceof Fixed fixed) {
      json.put("static", fixed.more().toString());
    }
    if (growth.max() != null) {
      json.put("max", growth.max().toString());
    }
    return json;
  }

  /** Null where a retry waits for nothing; {@code wait} is before it is spread by the jitter. */
  private static JsonNode backoff(Decision.@Nullable Pause pause) {
    if (pause == null) {
      return JSON.nullNode();
    }
    Backoff backoff = pause.backoff();
    return JSON.objectNode()
        .put("initial", GoDuration.text(backoff.initial()))
        .put("factor", backoff.factor())
        .put("max", GoDuration.text(backoff.max()))
        .put("jitter", backoff.jitter())
        .put("earlier", pause.earlier())
        .put("wait", GoDuration.text(backoff.plain(pause.earlier())));
  }

  static ObjectNode step(TraceStep step) {
    return JSON.objectNode()
        .put("check", step.check())
        .put("value", step.value())
        .put("expected", step.expected())
        .put("holds", step.holds());
  }
}
