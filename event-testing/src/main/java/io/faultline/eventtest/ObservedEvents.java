package io.faultline.eventtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events from JSON: as a recorded stream has them, {@code {"jobId": "…", "type": "failed",
 * "failureCategory": "oom", …}}, or as the server sends them, with {@code at} for {@code time} and
 * a {@code failureInfo}. Other keys are read past.
 */
public final class ObservedEvents {

  /** What is wrong with an event, and under which key; the key is empty where it is all of it. */
  static final class BadEventException extends Exception {
    private static final long serialVersionUID = 1;

    private final String key;

    BadEventException(String key, String problem) {
      super(problem);
      this.key = key;
    }

    String key() {
      return key;
    }
  }

  private ObservedEvents() {}

  /**
   * An event of the server's stream.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static ObservedEvent ofServer(JsonNode event) {
    try {
      return of(event);
    } catch (BadEventException e) {
      throw new IllegalArgumentException(e.key() + ": " + e.getMessage(), e);
    }
  }

  static ObservedEvent of(JsonNode node) throws BadEventException {
    String word = text(node, "type");
    EventKind kind =
        EventKind.of(word)
            .orElseThrow(() -> new BadEventException("type", EventKind.unknown(word)));
    String jobId = text(node, "jobId");
    if (jobId.isEmpty()) {
      throw new BadEventException("jobId", "the job's id is missing");
    }
    String gang = text(node, "gangId");
    return new ObservedEvent(
        jobId,
        gang.isEmpty() ? null : gang,
        runIndex(node),
        kind,
        time(node),
        kind == EventKind.FAILED ? failure(node) : null);
  }

  private static Failure failure(JsonNode node) throws BadEventException {
    JsonNode info = node.path("failureInfo");
    boolean ofServer = info.isObject();
    JsonNode retryable = node.path("retryable");
    if (!retryable.isBoolean() && !absent(retryable)) {
      throw new BadEventException("retryable", "true or false is expected, not " + retryable);
    }
    return new Failure(
        texts(ofServer ? info : node, "categories"),
        ofServer ? text(info, "category") : text(node, "failureCategory"),
        ofServer ? text(info, "subcategory") : text(node, "failureSubcategory"),
        text(node, "reason"),
        text(node, "message"),
        retryable.asBoolean(),
        decision(node));
  }

  /** With the policy, which events carry beside it. */
  private static @Nullable JsonNode decision(JsonNode node) throws BadEventException {
    JsonNode decision = node.path("decision");
    if (!decision.isObject() && !absent(decision)) {
      throw new BadEventException("decision", "an object is expected, not " + decision);
    }
    String policy = text(node, "policy");
    if (absent(decision) && policy.isEmpty()) {
      return null;
    }
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    if (!policy.isEmpty()) {
      all.put(ExpectedDecision.POLICY, policy);
    }
    return decision.isObject() ? all.setAll((ObjectNode) decision) : all;
  }

  private static @Nullable Integer runIndex(JsonNode node) throws BadEventException {
    JsonNode index = node.path("runIndex");
    if (absent(index)) {
      return null;
    }
    if (!index.canConvertToInt() || !index.isIntegralNumber() || index.intValue() < 0) {
      throw new BadEventException("runIndex", "a whole number from 0 is expected, not " + index);
    }
    return index.intValue();
  }

  private static @Nullable Instant time(JsonNode node) throws BadEventException {
    String key = node.has("time") ? "time" : "at";
    String text = text(node, key);
    try {
      return text.isEmpty() ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new BadEventException(
          key, "\"" + text + "\" is no time such as 2026-03-01T10:00:00.123Z");
    }
  }

  private static String text(JsonNode node, String key) throws BadEventException {
    JsonNode value = node.path(key);
    if (!value.isTextual() && !absent(value)) {
      throw new BadEventException(key, "text is expected, not " + value);
    }
    return value.asText("");
  }

  /** The texts of a list; none where it is absent. */
  static List<String> texts(JsonNode node, String key) throws BadEventException {
    JsonNode list = node.path(key);
    if (!list.isArray() && !absent(list)) {
      throw new BadEventException(key, "a list is expected, not " + list);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : list) {
      if (!item.isTextual()) {
        throw new BadEventException(key, "text is expected, not " + item);
      }
      texts.add(item.textValue());
    }
    return texts;
  }

  private static boolean absent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }
}
