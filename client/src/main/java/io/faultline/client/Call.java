package io.faultline.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * A request.
 *
 * @param method HTTP's
 * @param path after {@code /api/v1}, or with it as a page's {@code next} gives it; parts of it made
 *     safe by {@link Rest#part}
 * @param headers further headers
 * @param body empty for none
 */
public record Call(String method, String path, Map<String, String> headers, String body) {

  private static final String JSON = "application/json";

  /** Copies the headers. */
  public Call {
    headers = Map.copyOf(headers);
  }

  /** A GET. */
  public static Call get(String path) {
    return of("GET", path);
  }

  /** One without a body. */
  public static Call of(String method, String path) {
    return new Call(method, path, Map.of("Accept", JSON), "");
  }

  /** One with a JSON body. */
  public static Call json(String method, String path, JsonNode body) {
    return of(method, path).with("Content-Type", JSON).carrying(body.toString());
  }

  /** One with a document as its body: YAML, which JSON is too. */
  public static Call document(String method, String path, String document) {
    return of(method, path).with("Content-Type", "application/yaml").carrying(document);
  }

  /** The same with a further header. */
  public Call with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Call(method, path, more, body);
  }

  private Call carrying(String text) {
    return new Call(method, path, headers, text);
  }
}
