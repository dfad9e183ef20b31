package io.faultline.server.http;

import io.faultline.server.http.Problem.Kind;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Serves the routes on one address; each but health only to who has a token. */
public final class HttpServer implements AutoCloseable {

  private static final int MAX_THREADS = 160;
  private static final String STARTED = "started";

  private final Javalin javalin;
  private final String host;
  private final int port;

  HttpServer(
      String host,
      int port,
      List<Route> routes,
      Authenticator authenticator,
      MeterRegistry meters) {
    this.host = host;
    this.port = port;
    Set<String> open =
        routes.stream()
            .filter(route -> !route.access().token())
            .map(Route::path)
            .collect(Collectors.toSet());
    this.javalin =
        Javalin.create(
            config -> {
              serverConfig(config);
              config.routes.before(
                  context -> {
                    context.attribute(STARTED, System.nanoTime());
                    secure(context);
                    if (!open.contains(context.path())) {
                      authenticator.check(context);
                    }
                  });
              for (Route route : routes) {
                config.routes.addHttpHandler(route.method(), route.path(), route.guarded());
              }
              config.routes.exception(Exception.class, (e, context) -> Problems.answer(context, e));
              // Javalin answers its own exceptions itself unless they are named
              config.routes.exception(
                  HttpResponseException.class, (e, context) -> Problems.answer(context, e));
              config.routes.after(context -> measure(context, meters));
            });
  }

  /** Begins to serve; throws where the port is taken. */
  public void start() {
    javalin.start(host, port);
  }

  /** The port that it serves on. */
  public int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
  }

  private static void serverConfig(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = Body.MAX_BYTES;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.threadPool = new QueuedThreadPool(MAX_THREADS, 8);
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          // a failure's id holds a slash, and clients may write it as %2F
          http.setUriCompliance(
              UriCompliance.from("RFC3986,AMBIGUOUS_PATH_SEPARATOR,AMBIGUOUS_PATH_ENCODING"));
        });
    config.jetty.modifyServletContextHandler(
        handler -> handler.getServletHandler().setDecodeAmbiguousURIs(true));
    config.jetty.modifyServer(server -> server.setErrorHandler(HttpServer::refuseEarly));
  }

  /** What a job or an operator wrote must never be taken for a page. */
  private static void secure(Context context) {
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Cache-Control", "no-store");
  }

  /** Requests that Jetty refuses before they reach a route get a problem and no page either. */
  private static boolean refuseEarly(Request request, Response response, Callback callback) {
    int status = response.getStatus() >= 400 ? response.getStatus() : 500;
    Kind kind = status >= 500 ? Kind.INTERNAL : Kind.INVALID_REQUEST;
    byte[] body =
        Json.bytes(
            Problem.of(kind, "the server can't take this request").json("").put("status", status));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  private static void measure(Context context, MeterRegistry meters) {
    Long started = context.attribute(STARTED);
    if (started != null) {
      Timer.builder("faultline.http.requests")
          .description("Answered requests")
          .tag("method", context.method().name())
          .tag("route", route(context))
          .tag("status", String.valueOf(context.statusCode()))
          .register(meters)
          .record(Duration.ofNanos(System.nanoTime() - started));
    }
  }

  private static String route(Context context) {
    var endpoint = context.endpoints().lastHttpEndpoint();
    return endpoint == null ? "none" : endpoint.path;
  }
}
