package io.faultline.server.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.job.JobEvent;
import io.faultline.rules.json.FailureInfoJson;
import java.util.List;
import java.util.stream.Stream;

/** An event of the public stream as JSON. */
public final class EventJson {

  /** The words for all that can happen. */
  public static final List<String> TYPES =
      Stream.of(JobEvent.Detail.class.getPermittedSubclasses()).map(EventJson::word).toList();

  private EventJson() {}

  /** The word for what happened: the detail's name, beginning in lower case. */
  static String type(JobEvent event) {
    return word(event.detail().getClass());
  }

  private static String word(Class<?> detail) {
    String name = detail.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  static ObjectNode of(JobEvent event) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("eventId", event.eventId());
    json.put("jobId", event.job().jobId());
    json.put("queue", event.job().queue());
    json.put("jobSet", event.job().jobSet());
    if (event.job().gangId() != null) {
      json.put("gangId", event.job().gangId());
    }
    json.put("type", type(event));
    json.put("sequence", event.sequence());
    if (event.run() != null) {
      json.put("runId", event.run().runId());
      json.put("runIndex", event.run().index());
    }
    text(json, "cluster", event.cluster());
    text(json, "executor", event.executor());
    text(json, "node", event.node());
    json.put("at", event.at().toString());
    detail(json, event.detail());
    return json;
  }

  private static void detail(ObjectNode json, JobEvent.Detail detail) {
    if (detail instanceof JobEvent.Submitted submitted) {
      text(json, "owner", submitted.owner());
    } else if (detail instanceof JobEvent.Pending pending) {
      text(json, "podName", pending.podName());
    } else if (detail instanceof JobEvent.Running running) {
      text(json, "podName", running.podName());
    } else if (detail instanceof JobEvent.Failed failed) {
      json.put("kind", failed.kind().word());
      json.put("reason", failed.reason());
      text(json, "message", failed.message());
      json.put("retryable", failed.retryable());
      text(json, "policy", failed.policy());
      json.set("failureInfo", FailureInfoJson.of(failed.failureInfo()));
    } else if (detail instanceof JobEvent.Cancelled cancelled) {
      text(json, "reason", cancelled.reason());
      text(json, "requestedBy", cancelled.requestedBy());
    } else if (detail instanceof JobEvent.Preempted preempted) {
      text(json, "reason", preempted.reason());
    } else if (detail instanceof JobEvent.RetryScheduled retry) {
      json.put("nextRunId", retry.next().runId());
      json.put("nextRunIndex", retry.next().index());
      json.put("dueAt", retry.dueAt().toString());
    }
  }

  private static void text(ObjectNode json, String field, String value) {
    if (!value.isEmpty()) {
      json.put(field, value);
    }
  }
}
