package io.faultline.schemas.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A real HTTP server that gives the answers it was told to, the last one again and again. */
final class SmallRegistryServer implements AutoCloseable {

  record Question(String method, String path, String authorization, String body) {}

  private record Answer(int status, String body) {}

  private final HttpServer server;
  private final ConcurrentLinkedDeque<Answer> answers = new ConcurrentLinkedDeque<>();
  final List<Question> questions = Collections.synchronizedList(new ArrayList<>());

  SmallRegistryServer() throws IOException {
    this(null, false);
  }

  SmallRegistryServer(SSLContext tls, boolean asksForCertificate) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    if (tls == null) {
      server = HttpServer.create(address, 0);
    } else {
      HttpsServer secure = HttpsServer.create(address, 0);
      secure.setHttpsConfigurator(
          new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
              SSLParameters ours = tls.getDefaultSSLParameters();
              ours.setNeedClientAuth(asksForCertificate);
              parameters.setSSLParameters(ours);
            }
          });
      server = secure;
    }
    server.createContext("/", this::answer);
    server.start();
  }

  SmallRegistryServer thenAnswer(int status, String body) {
    answers.add(new Answer(status, body));
    return this;
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return scheme + "://localhost:" + port();
  }

  private void answer(HttpExchange exchange) throws IOException {
    questions.add(
        new Question(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            exchange.getRequestHeaders().getFirst("Authorization"),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    Answer answer = answers.size() > 1 ? answers.poll() : answers.peek();
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
