package io.faultline.cli.online;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.faultline.cli.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A server that answers what it is told to, once each or for ever, and remembers what was asked.
 */
final class FakeServer implements AutoCloseable {

  /** What it was asked. */
  record Asked(String what, String body, Map<String, String> headers) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  private record Answer(int status, String type, String body) {}

  private final HttpServer http;
  private final Map<String, Deque<Answer>> answers = new HashMap<>();
  final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

  /** Listens at once, on a free port. */
  FakeServer() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.createContext("/", this::handle);
    http.start();
  }

  /** The next answer to a request such as {@code GET /jobs?limit=100}; the last one stays. */
  FakeServer answer(String what, int status, String body) {
    String type = status < 400 ? "application/json" : "application/problem+json";
    return add(what, new Answer(status, type, body));
  }

  /** As {@link #answer} with 200. */
  FakeServer answer(String what, String body) {
    return answer(what, 200, body);
  }

  /** A stream of events. */
  FakeServer stream(String what, String body) {
    return add(what, new Answer(200, "text/event-stream", body));
  }

  private synchronized FakeServer add(String what, Answer answer) {
    answers.computeIfAbsent(what, w -> new ArrayDeque<>()).add(answer);
    return this;
  }

  private synchronized Answer next(String what) {
    Deque<Answer> queue = answers.get(what);
    if (queue == null) {
      return new Answer(404, "", "{\"detail\": \"nothing is known of " + what + "\"}");
    }
    return queue.size() > 1 ? queue.remove() : queue.element();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString().replaceFirst("^/api/v1", "");
    String what = exchange.getRequestMethod() + " " + path;
    Map<String, String> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(new Asked(what, body, headers));
    Answer answer = next(what);
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  String address() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** Runs the command against it. */
  Ran faultline(String... args) {
    return Ran.with(
        "",
        Map.of(
            "FAULTLINE_SERVER",
            address(),
            "FAULTLINE_TOKEN",
            "secret",
            "FAULTLINE_CONFIG",
            "/none"),
        args);
  }

  List<String> requests() {
    return asked.stream().map(Asked::what).toList();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
