package io.faultline.benchmarks.pods;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** fabric8's mock web server in front of {@link PodStore}, as far as the executor asks for it. */
final class PodServer extends Dispatcher implements AutoCloseable {

  private static final Pattern NAMED = Pattern.compile("/namespaces/default/pods/([^/?]+)");
  private static final Pattern PARAMETER = Pattern.compile("[?&](\\w+)=([^&]*)");
  private static final JsonMapper JSON = new JsonMapper();

  // a line for each request otherwise; kept here, as nobody else keeps loggers
  private static final Logger QUIET = Logger.getLogger(MockWebServer.class.getName());

  private final MockWebServer server = new MockWebServer();
  private final PodStore store;

  /** Sending waits for the thread that answers requests, which may wait for the store. */
  private final ExecutorService sender = Executors.newSingleThreadExecutor();

  PodServer(PodStore store) {
    QUIET.setLevel(Level.WARNING);
    this.store = store;
    server.setDispatcher(this);
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    try {
      Matcher named = NAMED.matcher(request.getPath());
      return named.find() ? one(named.group(1), request) : all(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private MockResponse one(String name, RecordedRequest request) throws IOException {
    return switch (request.getMethod()) {
      case "GET" -> answer(200, store.find(name));
      case "PATCH" -> answer(200, store.patch(name, body(request)));
      case "DELETE" -> answer(200, store.delete(name));
      default -> new MockResponse().setResponseCode(405);
    };
  }

  private MockResponse all(RecordedRequest request) throws IOException {
    String path = request.getPath();
    if (request.getMethod().equals("POST")) {
      ObjectNode made = store.create((ObjectNode) body(request));
      return made == null ? new MockResponse().setResponseCode(409) : answer(201, made);
    }
    if (path.contains("/events")) {
      ObjectNode none = JsonNodeFactory.instance.objectNode();
      none.put("kind", "EventList").put("apiVersion", "v1").putArray("items");
      return answer(200, none);
    }
    if (path.contains("watch=true")) {
      return watch(parameter(path, "resourceVersion"));
    }
    String limit = parameter(path, "limit");
    String from = parameter(path, "continue");
    return answer(
        200,
        store.list(
            from.isEmpty() ? 0 : Integer.parseInt(from),
            limit.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(limit)));
  }

  private MockResponse watch(String since) {
    return new MockResponse()
        .withWebSocketUpgrade(
            new WebSocketListener() {
              @Override
              public void onOpen(WebSocket socket, Response response) {
                store.watch(
                    since.isEmpty() ? 0 : Long.parseLong(since),
                    event -> {
                      String json = text(event);
                      sender.execute(() -> socket.send(json));
                    });
              }
            });
  }

  private static JsonNode body(RecordedRequest request) throws IOException {
    return JSON.readTree(request.getBody().getBytes());
  }

  private static String parameter(String path, String name) {
    Matcher matcher = PARAMETER.matcher(path);
    while (matcher.find()) {
      if (matcher.group(1).equals(name)) {
        return matcher.group(2);
      }
    }
    return "";
  }

  private static MockResponse answer(int code, JsonNode json) {
    return json == null
        ? new MockResponse().setResponseCode(404)
        : new MockResponse().setResponseCode(code).setBody(text(json));
  }

  private static String text(JsonNode json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file that says where it answers. */
  Path kubeconfig(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig.yaml"),
        """
        apiVersion: v1
        kind: Config
        current-context: bench
        contexts: [{name: bench, context: {cluster: bench, user: bench}}]
        clusters: [{name: bench, cluster: {server: "http://127.0.0.1:PORT/"}}]
        users: [{name: bench, user: {token: none}}]
        """
            .replace("PORT", Integer.toString(server.getPort())));
  }

  @Override
  public void close() {
    sender.shutdownNow();
    server.shutdown();
  }
}
