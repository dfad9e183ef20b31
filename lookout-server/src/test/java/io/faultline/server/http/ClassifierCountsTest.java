package io.faultline.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.faultline.domain.resource.ServiceStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClassifierCountsTest {

  private HttpServer classifier;

  @BeforeEach
  void start() throws IOException {
    classifier = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    classifier.start();
  }

  @AfterEach
  void stop() {
    classifier.stop(0);
  }

  private void answer(String path, int status, String body) {
    classifier.createContext(
        path,
        exchange -> {
          boolean known =
              "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(known ? status : 401, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private ClassifierCounts counts(String... urls) {
    List<ServiceStatus> instances =
        Arrays.stream(urls)
            .map(url -> new ServiceStatus("classifier-stream", url, url, 1, Instant.EPOCH))
            .toList();
    return new ClassifierCounts(() -> instances, "secret");
  }

  private String url() {
    return "http://127.0.0.1:" + classifier.getAddress().getPort();
  }

  @Test
  void the_answer_of_a_classifier_is_handed_on() {
    answer("/counts/a b/1", 200, "{\"failures\": 3}");
    assertThat(counts(url()).ofJob("a b/1").path("failures").asInt()).isEqualTo(3);
  }

  @Test
  void a_job_without_failures_has_none() {
    answer("/counts/j", 404, "{}");
    assertThat(counts(url()).ofJob("j").path("failures").asInt(-1)).isZero();
  }

  @Test
  void one_that_does_not_answer_is_passed_over() {
    answer("/counts/j", 200, "{\"failures\": 1}");
    assertThat(counts("http://127.0.0.1:1", "", url()).ofJob("j").path("failures").asInt())
        .isEqualTo(1);
  }

  @Test
  void without_any_answer_it_is_said_that_none_can_be_asked() {
    answer("/counts/j", 503, "{}");
    assertThatThrownBy(() -> counts(url()).ofJob("j"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("no classifier");
  }
}
