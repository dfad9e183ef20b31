package io.faultline.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why a request was refused, as RFC 9457 has it.
 *
 * @param kind which problem
 * @param detail for people: what, where, which value, what is allowed
 * @param places where in the request's body; may be empty
 * @param extras further members of the answer
 * @param headers further headers of the answer
 */
public record Problem(
    Kind kind,
    String detail,
    List<Place> places,
    Map<String, Object> extras,
    Map<String, String> headers) {

  /** Copies the collections. */
  public Problem {
    places = List.copyOf(places);
    extras = Map.copyOf(extras);
    headers = Map.copyOf(headers);
  }

  /** A problem that needs no more than its words. */
  public static Problem of(Kind kind, String detail) {
    return new Problem(kind, detail, List.of(), Map.of(), Map.of());
  }

  /** The same with a further member. */
  public Problem with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(extras);
    more.put(name, value);
    return new Problem(kind, detail, places, more, headers);
  }

  /** The same with a further header. */
  public Problem withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(kind, detail, places, extras, more);
  }

  /** The same with a place in the request's body. */
  public Problem at(Place place) {
    List<Place> more = new ArrayList<>(places);
    more.add(place);
    return new Problem(kind, detail, more, extras, headers);
  }

  /** To be thrown. */
  public ProblemException exception() {
    return new ProblemException(this);
  }

  ObjectNode json(String path) {
    ObjectNode node = Json.object();
    node.put("type", "urn:faultline:problem:" + kind.word());
    node.put("title", kind.title());
    node.put("status", kind.status());
    node.put("detail", detail);
    node.put("instance", path);
    if (!places.isEmpty()) {
      ArrayNode errors = node.putArray("errors");
      places.forEach(place -> errors.add(place.json()));
    }
    extras.forEach((name, value) -> node.set(name, Json.tree(value)));
    return node;
  }

  /**
   * A place in a request's body.
   *
   * @param pointer a JSON pointer; empty for the whole
   * @param line from 1; 0 where unknown
   * @param column from 1; 0 where unknown
   * @param detail what is wrong there
   */
  public record Place(String pointer, int line, int column, String detail) {

    ObjectNode json() {
      ObjectNode node = Json.object();
      node.put("pointer", pointer);
      if (line > 0) {
        node.put("line", line);
        node.put("column", column);
      }
      node.put("detail", detail);
      return node;
    }
  }

  /** The kinds of problem; the words are part of the contract. */
  public enum Kind {
    INVALID_REQUEST("invalid-request", 400, "The request can't be read"),
    UNAUTHORIZED("unauthorized", 401, "A valid token is needed"),
    FORBIDDEN("forbidden", 403, "A permission is missing"),
    NOT_FOUND("not-found", 404, "There is no such thing"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "The method is not allowed here"),
    CONFLICT("conflict", 409, "It conflicts with what is there"),
    STILL_REFERRED_TO("still-referred-to", 409, "Others still refer to it"),
    PRECONDITION_FAILED("precondition-failed", 412, "It has changed in between"),
    TOO_LARGE("too-large", 413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "The media type is not supported"),
    INVALID_FILE("invalid-file", 422, "The file is not valid"),
    UNKNOWN_QUEUE("unknown-queue", 422, "The queue does not exist"),
    UNKNOWN_REFERENCE("unknown-reference", 422, "It names what is not there"),
    IDEMPOTENCY_KEY_REUSED(
        "idempotency-key-reused", 422, "The idempotency key was used with another body"),
    SUBMISSION_PENDING("submission-pending", 503, "Accepted and kept, not yet on Kafka"),
    UNAVAILABLE("unavailable", 503, "Something that is needed is away"),
    INTERNAL("internal", 500, "A fault of the server");

    private final String word;
    private final int status;
    private final String title;

    Kind(String word, int status, String title) {
      this.word = word;
      this.status = status;
      this.title = title;
    }

    /** The last part of the problem's type. */
    public String word() {
      return word;
    }

    /** HTTP's status. */
    public int status() {
      return status;
    }

    /** The title, the same for every problem of the kind. */
    public String title() {
      return title;
    }
  }
}
