package io.faultline.eventtest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one event from JSON: as a recorded stream has them, {@code {"jobId": "…", "type": "failed",
 * "failureCategory": "oom", …}}, or as the server sends them, with {@code at} for {@code time} and
 * a {@code failureInfo}. Other keys are read past.
 */
public final class ObservedEvents {

  static final ObjectMapper JSON = new JsonMapper();

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

  private final JsonParser parser;
  private String jobId = "";
  private String type = "";
  private String gangId = "";
  private @Nullable Integer runIndex;
  private @Nullable Instant at;
  private List<String> categories = List.of();
  private String category = "";
  private String subcategory = "";
  private String reason = "";
  private String message = "";
  private String policy = "";
  private boolean retryable;
  private @Nullable ObjectNode decision;

  private ObservedEvents(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * An event of the server's stream.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static ObservedEvent ofServer(JsonNode event) {
    try (JsonParser parser = event.traverse(JSON)) {
      parser.nextToken();
      return of(parser);
    } catch (BadEventException e) {
      throw new IllegalArgumentException(e.key() + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  /** The object at whose beginning the parser stands. */
  static ObservedEvent of(JsonParser parser) throws IOException, BadEventException {
    ObservedEvents reading = new ObservedEvents(parser);
    reading.readAll();
    return reading.event();
  }

  private void readAll() throws IOException, BadEventException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new BadEventException("", "one JSON object is expected on each line");
    }
    String key = parser.nextFieldName();
    while (key != null) {
      parser.nextToken();
      if (parser.currentToken() == JsonToken.VALUE_NULL || !read(key)) {
        parser.skipChildren();
      }
      key = parser.nextFieldName();
    }
  }

  /** Takes the value of a key that is not null; false where it is a key to read past. */
  private boolean read(String key) throws IOException, BadEventException {
    switch (key) {
      case "jobId" -> jobId = text(key);
      case "type" -> type = text(key);
      case "gangId" -> gangId = text(key);
      case "runIndex" -> runIndex = index(key);
      case "time", "at" -> at = time(key);
      case "categories" -> categories = texts(parser, key);
      case "failureCategory" -> category = text(key);
      case "failureSubcategory" -> subcategory = text(key);
      case "failureInfo" -> readInfo();
      case "reason" -> reason = text(key);
      case "message" -> message = text(key);
      case "policy" -> policy = text(key);
      case "retryable" -> retryable = bool(key);
      case "decision" -> decision = object(key);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void readInfo() throws IOException, BadEventException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new BadEventException(
          "failureInfo", "an object is expected, not " + parser.readValueAsTree());
    }
    String key = parser.nextFieldName();
    while (key != null) {
      boolean given = parser.nextToken() != JsonToken.VALUE_NULL;
      switch (given ? key : "") {
        case "categories" -> categories = texts(parser, key);
        case "category" -> category = text(key);
        case "subcategory" -> subcategory = text(key);
        default -> parser.skipChildren();
      }
      key = parser.nextFieldName();
    }
  }

  private ObservedEvent event() throws BadEventException {
    EventKind kind =
        EventKind.of(type)
            .orElseThrow(() -> new BadEventException("type", EventKind.unknown(type)));
    if (jobId.isEmpty()) {
      throw new BadEventException("jobId", "the job's id is missing");
    }
    return new ObservedEvent(
        jobId,
        gangId.isEmpty() ? null : gangId,
        runIndex,
        kind,
        at,
        kind == EventKind.FAILED ? failure() : null);
  }

  private Failure failure() {
    ObjectNode decided = decision;
    if (!policy.isEmpty()) {
      // events carry the policy beside the decision
      decided = JsonNodeFactory.instance.objectNode().put(ExpectedDecision.POLICY, policy);
      if (decision != null) {
        decided.setAll(decision);
      }
    }
    return new Failure(categories, category, subcategory, reason, message, retryable, decided);
  }

  private String text(String key) throws IOException, BadEventException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw unexpected(parser, key, "text");
    }
    return parser.getText();
  }

  private boolean bool(String key) throws IOException, BadEventException {
    if (!parser.currentToken().isBoolean()) {
      throw unexpected(parser, key, "true or false");
    }
    return parser.getBooleanValue();
  }

  private Integer index(String key) throws IOException, BadEventException {
    boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
    if (!whole || parser.getBigIntegerValue().bitLength() > 31 || parser.getIntValue() < 0) {
      throw unexpected(parser, key, "a whole number from 0");
    }
    return parser.getIntValue();
  }

  private ObjectNode object(String key) throws IOException, BadEventException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw unexpected(parser, key, "an object");
    }
    return parser.readValueAsTree();
  }

  private Instant time(String key) throws IOException, BadEventException {
    String text = text(key);
    return EventTime.parse(text)
        .orElseThrow(
            () ->
                new BadEventException(
                    key, "\"" + text + "\" is no time such as 2026-03-01T10:00:00.123Z"));
  }

  /** The list of texts at whose beginning the parser stands. */
  static List<String> texts(JsonParser parser, String key) throws IOException, BadEventException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw unexpected(parser, key, "a list");
    }
    List<String> texts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        throw unexpected(parser, key, "text");
      }
      texts.add(parser.getText());
    }
    return texts;
  }

  private static BadEventException unexpected(JsonParser parser, String key, String what)
      throws IOException {
    JsonNode got = parser.readValueAsTree();
    return new BadEventException(key, what + " is expected, not " + got);
  }
}
