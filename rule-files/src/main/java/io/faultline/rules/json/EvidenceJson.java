package io.faultline.rules.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.PodCondition;
import io.faultline.domain.evidence.PodEvent;
import io.faultline.domain.evidence.Termination;

/**
 * Evidence as JSON. Every field of the record is there where it carries something, so that nothing
 * recorded is lost; {@link EvidenceReader} reads the same form.
 */
public final class EvidenceJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private EvidenceJson() {}

  /** The evidence of one failure. */
  public static ObjectNode of(Evidence evidence) {
    ObjectNode json = JSON.objectNode();
    json.put("kind", evidence.kind().word());
    if (evidence.internalCause() != null) {
      json.put("internalCause", evidence.internalCause().subcategory());
    }
    putText(json, "podReason", evidence.podReason());
    putText(json, "podMessage", evidence.podMessage());
    putText(json, "podPhase", evidence.podPhase());
    putText(json, "podError", evidence.podError());
    putText(json, "node", evidence.node());
    if (!evidence.containers().isEmpty()) {
      ArrayNode containers = json.putArray("containers");
      evidence.containers().forEach(container -> containers.add(container(container)));
    }
    if (!evidence.events().isEmpty()) {
      ArrayNode events = json.putArray("events");
      evidence.events().forEach(event -> events.add(event(event)));
    }
    if (evidence.retryAfter() != null) {
      json.put("retryAfter", evidence.retryAfter().toString());
    }
    if (!evidence.conditions().isEmpty()) {
      ArrayNode conditions = json.putArray("conditions");
      evidence.conditions().forEach(condition -> conditions.add(condition(condition)));
    }
    return json;
  }

  private static ObjectNode container(ContainerEvidence container) {
    ObjectNode json = JSON.objectNode();
    json.put("name", container.name());
    if (container.termination() != null) {
      putTermination(json, container.termination());
    }
    putText(json, "image", container.image());
    putText(json, "waitingReason", container.waitingReason());
    if (container.lastTermination() != null) {
      putTermination(json.putObject("lastState"), container.lastTermination());
    }
    if (container.role() == ContainerRole.INIT) {
      json.put("init", true);
    } else if (container.role() == ContainerRole.EPHEMERAL) {
      json.put("ephemeral", true);
    }
    return json;
  }

  private static void putTermination(ObjectNode json, Termination termination) {
    json.put("exitCode", termination.exitCode());
    if (termination.signal() != 0) {
      json.put("signal", termination.signal());
    }
    putText(json, "reason", termination.reason());
    putText(json, "message", termination.message());
  }

  private static ObjectNode event(PodEvent event) {
    ObjectNode json = JSON.objectNode();
    putText(json, "type", event.type());
    putText(json, "reason", event.reason());
    putText(json, "message", event.message());
    return json;
  }

  private static ObjectNode condition(PodCondition condition) {
    ObjectNode json = JSON.objectNode();
    json.put("type", condition.type());
    json.put("status", condition.status());
    putText(json, "reason", condition.reason());
    putText(json, "message", condition.message());
    return json;
  }

  private static void putText(ObjectNode json, String key, String text) {
    if (!text.isEmpty()) {
      json.put(key, text);
    }
  }
}
