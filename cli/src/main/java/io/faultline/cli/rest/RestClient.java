package io.faultline.cli.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.faultline.cli.CliException;
import io.faultline.cli.ExitCode;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.Map;

/** Asks a server. What it refuses ends the command with its words. */
public final class RestClient {
  private static final String API = "/api/v1";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final ServerAddress address;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  RestClient(ServerAddress address) {
    this.address = address;
  }

  /** A part of a path, made safe. */
  public static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * The answer to a GET.
   *
   * @param path after {@code /api/v1}, or as a page's {@code next} gives it
   * @throws CliException where the server refuses or can't be reached
   */
  public JsonNode get(String path) {
    return send(Call.get(path)).json();
  }

  /** The first items of a list, over as many pages as they take. */
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
   * Sends a request.
   *
   * @throws CliException where the server refuses or can't be reached
   */
  public Answer send(Call call) {
    return accepted(attempt(call));
  }

  /**
   * The answer itself, where it is no refusal.
   *
   * @throws CliException where it is one
   */
  public Answer accepted(Answer answer) {
    if (answer.status() >= 400) {
      throw Problem.of(answer, address.server()).exception();
    }
    return answer;
  }

  /**
   * Sends a request; a refusal is an answer too.
   *
   * @throws CliException where the server can't be reached
   */
  public Answer attempt(Call call) {
    HttpRequest.Builder request = request(call.path()).timeout(ANSWER);
    call.headers().forEach(request::header);
    request.method(
        call.method(),
        call.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(call.body()));
    HttpResponse<String> response =
        exchange(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.body());
  }

  /**
   * Opens a stream of server-sent events.
   *
   * @param after the id of the last event seen; empty for all
   * @throws CliException where the server refuses or can't be reached
   */
  public InputStream events(String path, String after) {
    HttpRequest.Builder request = request(path).header("Accept", "text/event-stream");
    if (!after.isEmpty()) {
      request.header("Last-Event-ID", after);
    }
    HttpResponse<InputStream> response = exchange(request.build(), BodyHandlers.ofInputStream());
    if (response.statusCode() == 200) {
      return response.body();
    }
    try (InputStream body = response.body()) {
      String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      throw Problem.of(new Answer(response.statusCode(), "", text), address.server()).exception();
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    String whole = path.startsWith(API + "/") ? path : API + path;
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address.server() + whole));
    return address.token().isEmpty()
        ? request
        : request.header("Authorization", "Bearer " + address.token());
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.UNREACHABLE, "interrupted");
    }
  }

  private CliException unreachable(IOException e) {
    String why =
        e instanceof HttpConnectTimeoutException
            ? "no connection within " + CONNECT.toSeconds() + " s"
            : e instanceof java.net.ConnectException
                ? "nothing listens there"
                : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new CliException(ExitCode.UNREACHABLE, address.server() + " can't be reached: " + why);
  }

  /**
   * A request.
   *
   * @param path after {@code /api/v1}
   * @param body null for none
   */
  public record Call(String method, String path, Map<String, String> headers, String body) {

    /** A GET. */
    public static Call get(String path) {
      return new Call("GET", path, Map.of("Accept", "application/json"), null);
    }

    /** One without a body. */
    public static Call of(String method, String path) {
      return new Call(method, path, Map.of("Accept", "application/json"), null);
    }

    /** One with a JSON body. */
    public static Call json(String method, String path, JsonNode body) {
      return new Call(
          method,
          path,
          Map.of("Accept", "application/json", "Content-Type", "application/json"),
          body.toString());
    }
  }

  /**
   * An answer.
   *
   * @param type its content type; empty where not known
   */
  public record Answer(int status, String type, String body) {

    /** The body as JSON; an empty object where it is none. */
    public JsonNode json() {
      try {
        JsonNode json = JSON.readTree(body);
        return json == null || json.isMissingNode() ? empty() : json;
      } catch (JsonProcessingException e) {
        return empty();
      }
    }

    private static JsonNode empty() {
      return JsonNodeFactory.instance.objectNode();
    }

    /** The array under a key; empty where there is none. */
    public ArrayNode array(String key) {
      return json().path(key) instanceof ArrayNode array
          ? array
          : JsonNodeFactory.instance.arrayNode();
    }
  }
}
