package io.faultline.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a server refused, from its problem details (RFC 9457).
 *
 * @param status HTTP's
 * @param type the last part of the problem's type, for example {@code still-referred-to}; empty
 *     where the answer has none
 * @param detail for people
 * @param json the whole of it, with the members of its type
 */
public record Problem(int status, String type, String detail, JsonNode json) {

  private static final String TYPES = "urn:faultline:problem:";

  static Problem of(Answer answer, String server) {
    JsonNode json = answer.json();
    String type = json.path("type").asText("");
    String detail = json.path("detail").asText(json.path("title").asText(""));
    return new Problem(
        answer.status(),
        type.startsWith(TYPES) ? type.substring(TYPES.length()) : type,
        detail.isEmpty() ? server + " answered " + answer.status() : detail,
        json);
  }

  /** The permissions of which one is missing, of {@code forbidden}. */
  public List<String> permissions() {
    List<String> words = new ArrayList<>();
    json.path("permissions").forEach(word -> words.add(word.asText()));
    return words;
  }

  /** What still refers to it, of {@code still-referred-to}; as {@code Queue/research}. */
  public List<String> referredBy() {
    return named("referredBy");
  }

  /** What it names that is not there, of {@code unknown-reference}; as {@code RetryPolicy/ml}. */
  public List<String> missing() {
    return named("missing");
  }

  /** Where in the document, of {@code invalid-file}. */
  public List<Place> places() {
    List<Place> places = new ArrayList<>();
    json.path("errors")
        .forEach(
            error ->
                places.add(
                    new Place(
                        error.path("pointer").asText(),
                        error.path("line").asInt(),
                        error.path("column").asInt(),
                        error.path("detail").asText())));
    return places;
  }

  private List<String> named(String key) {
    List<String> names = new ArrayList<>();
    json.path(key)
        .forEach(ref -> names.add(ref.path("kind").asText() + "/" + ref.path("name").asText()));
    return names;
  }

  /**
   * A place in a document.
   *
   * @param pointer a JSON pointer; empty for the whole
   * @param line from 1; 0 where not known
   * @param column from 1; 0 where not known
   * @param detail what is wrong there
   */
  public record Place(String pointer, int line, int column, String detail) {}
}
