package io.faultline.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Requests to a server, as its REST surface has them. */
public final class Rest {

  private static final String API = "/api/v1";
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final int SUBMITS = 3;

  private final String server;
  private final String token;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  Rest(String server, String token) {
    this.server = server.replaceAll("/+$", "");
    this.token = token;
  }

  /** A part of a path or of a query, made safe. */
  public static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A body that says why; empty for no reason. */
  static ObjectNode because(String reason) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    return reason.isEmpty() ? body : body.put("reason", reason);
  }

  /**
   * Sends a request; a refusal is an answer too.
   *
   * @throws UnreachableException where no answer comes
   */
  public Answer attempt(Call call) {
    HttpRequest.Builder request = request(call).timeout(ANSWER);
    HttpResponse<String> response =
        exchange(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    return new Answer(response.statusCode(), response.body());
  }

  /**
   * Sends a request.
   *
   * @throws RefusedException where the server refuses
   * @throws UnreachableException where no answer comes
   */
  public Answer send(Call call) {
    return accepted(attempt(call));
  }

  /**
   * Submits a document, under the same key again while the answer is not certain; throws as {@link
   * #send} does.
   */
  Answer submit(String path, String document, String key) {
    Call call = Call.document("POST", path, document).with("Idempotency-Key", key);
    for (int attempt = 1; ; attempt++) {
      try {
        return send(call);
      } catch (UnreachableException | RefusedException.Unavailable e) {
        if (attempt == SUBMITS || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
    }
  }

  /**
   * The answer itself.
   *
   * @throws RefusedException where it is a refusal
   */
  public Answer accepted(Answer answer) {
    if (answer.status() >= 400) {
      throw RefusedException.of(Problem.of(answer, server));
    }
    return answer;
  }

  /** The answer to a GET; throws as {@link #send} does. */
  public JsonNode get(String path) {
    return send(Call.get(path)).json();
  }

  /** The first items of a list, over as many pages as they take; throws as {@link #send} does. */
  public List<JsonNode> list(String path, int limit) {
    List<JsonNode> items = new ArrayList<>();
    String page = path;
    while (items.size() < limit && !page.isEmpty()) {
      JsonNode answer = get(page);
      answer.path("items").forEach(items::add);
      page = answer.path("next").asText("");
    }
    return items.size() > limit ? items.subList(0, limit) : items;
  }

  /**
   * Opens an answer that goes on, such as server-sent events; the caller closes it. Throws as
   * {@link #send} does.
   */
  public InputStream open(Call call) {
    HttpResponse<InputStream> response =
        exchange(request(call).build(), BodyHandlers.ofInputStream());
    if (response.statusCode() == 200) {
      return response.body();
    }
    try (InputStream body = response.body()) {
      String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      throw RefusedException.of(Problem.of(new Answer(response.statusCode(), text), server));
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private HttpRequest.Builder request(Call call) {
    String path = call.path().startsWith(API + "/") ? call.path() : API + call.path();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path))
            .method(
                call.method(),
                call.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(call.body()));
    call.headers().forEach(request::header);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException("interrupted", e);
    }
  }

  private UnreachableException unreachable(IOException e) {
    String why =
        e instanceof HttpConnectTimeoutException
            ? "no connection within " + CONNECT.toSeconds() + " s"
            : e instanceof ConnectException
                ? "nothing listens there"
                : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new UnreachableException(server + " can't be reached: " + why, e);
  }
}
