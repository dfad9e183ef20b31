package io.faultline.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * A service's own HTTP: {@code /livez} and {@code /readyz} for whoever asks, {@code /metrics} and
 * what the service adds for those who hold the token.
 */
public final class HttpEndpoint implements AutoCloseable {

  /** Answers one request below the path it was added for. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Answers.
     *
     * @param rest the path after the handler's own, without a leading slash
     */
    Answer answer(String rest) throws IOException;
  }

  /**
   * An answer.
   *
   * @param status the HTTP status
   * @param contentType its type
   * @param body the whole body
   */
  public record Answer(int status, String contentType, String body) {
    /** JSON with a status. */
    public static Answer json(int status, String body) {
      return new Answer(status, "application/json", body);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final String host;
  private final String token;

  /**
   * Binds and answers at once.
   *
   * @param name the service's name, for the names of threads
   * @param http where
   * @param ready asked by {@code /readyz}
   * @param metrics shown by {@code /metrics}
   * @throws IOException where the address can't be bound; the message names it
   */
  public HttpEndpoint(
      String name, CommonSettings.Http http, BooleanSupplier ready, PrometheusMeterRegistry metrics)
      throws IOException {
    host = http.host();
    token = http.token();
    try {
      server = HttpServer.create(new InetSocketAddress(host, http.port()), 0);
    } catch (IOException e) {
      throw new IOException(
          name + ": can't listen on " + host + ":" + http.port() + ": " + e.getMessage(), e);
    }
    AtomicInteger count = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            4,
            task -> {
              Thread thread = new Thread(task, name + "-http-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    open("/livez", rest -> new Answer(200, "text/plain", "ok\n"));
    open(
        "/readyz",
        rest ->
            ready.getAsBoolean()
                ? new Answer(200, "text/plain", "ok\n")
                : new Answer(503, "text/plain", "not ready\n"));
    add(
        "/metrics",
        rest -> new Answer(200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape()));
    server.start();
  }

  /** Answers GET requests below a path, for those who hold the token. */
  public void add(String path, Handler handler) {
    server.createContext(path, exchange -> serve(exchange, path, handler, true));
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** The address that others reach it at. */
  public String url() {
    return "http://" + host + ":" + port();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void open(String path, Handler handler) {
    server.createContext(path, exchange -> serve(exchange, path, handler, false));
  }

  private void serve(HttpExchange exchange, String path, Handler handler, boolean guarded)
      throws IOException {
    try (exchange) {
      Answer answer;
      if (guarded && !holdsToken(exchange)) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        answer = problem(401, "a valid token is needed: Authorization: Bearer TOKEN");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        answer = problem(405, "only GET is allowed here");
      } else {
        String rest = exchange.getRequestURI().getPath().substring(path.length());
        try {
          answer = handler.answer(rest.startsWith("/") ? rest.substring(1) : rest);
        } catch (RuntimeException | IOException e) {
          answer = problem(500, "the request could not be answered");
        }
      }
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private boolean holdsToken(HttpExchange exchange) {
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    return !token.isEmpty()
        && given != null
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8),
            ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
  }

  private static Answer problem(int status, String title) {
    return new Answer(
        status,
        "application/problem+json",
        "{\"status\":" + status + ",\"title\":\"" + title + "\"}\n");
  }
}
