package io.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpEndpointTest {

  private final AtomicBoolean ready = new AtomicBoolean();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpEndpoint endpoint;

  @BeforeEach
  void start() throws Exception {
    endpoint =
        new HttpEndpoint(
            "test",
            new CommonSettings.Http("127.0.0.1", 0, "t0ken"),
            ready::get,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    endpoint.add("/echo", rest -> HttpEndpoint.Answer.json(200, '"' + rest + '"'));
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @Test
  void healthNeedsNoToken() throws Exception {
    assertThat(get("/livez", "").statusCode()).isEqualTo(200);
    assertThat(get("/readyz", "").statusCode()).isEqualTo(503);
    ready.set(true);
    assertThat(get("/readyz", "").statusCode()).isEqualTo(200);
  }

  @Test
  void everythingElseNeedsTheToken() throws Exception {
    assertThat(get("/metrics", "").statusCode()).isEqualTo(401);
    assertThat(get("/echo/a", "Bearer wrong").statusCode()).isEqualTo(401);
    assertThat(get("/metrics", "Bearer t0ken").statusCode()).isEqualTo(200);
    assertThat(get("/echo/a/b", "Bearer t0ken").body()).isEqualTo("\"a/b\"");
  }

  private HttpResponse<String> get(String path, String authorization) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint.url() + path));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
