package io.faultline.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.resource.ServiceStatus;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks the classifiers that are alive, one after another: each knows which of them holds a job. */
public final class ClassifierCounts implements CountsClient {

  private static final String SERVICE = "classifier-stream";
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Supplier<List<ServiceStatus>> instances;
  private final String token;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  /**
   * @param instances the live instances of all services
   * @param token what services ask of each other
   */
  public ClassifierCounts(Supplier<List<ServiceStatus>> instances, String token) {
    this.instances = instances;
    this.token = token;
  }

  @Override
  public JsonNode ofJob(String jobId) {
    return instances.get().stream()
        .filter(status -> status.service().equals(SERVICE) && !status.url().isEmpty())
        .flatMap(status -> ask(status.url(), jobId).stream())
        .findFirst()
        .orElseThrow(
            () -> Problems.unavailable("no classifier can be asked for counts").exception());
  }

  private Optional<JsonNode> ask(String url, String jobId) {
    String id = URLEncoder.encode(jobId, StandardCharsets.UTF_8).replace("+", "%20");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/counts/" + id))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token)
            .build();
    try {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return switch (answer.statusCode()) {
        case 200 -> Optional.of(MAPPER.readTree(answer.body()));
        case 404 -> Optional.of(none(jobId));
        default -> Optional.empty();
      };
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** A job of which no failure was counted. */
  private static ObjectNode none(String jobId) {
    ObjectNode node = Json.object().put("jobId", jobId).put("failures", 0);
    node.putObject("byCategory");
    return node;
  }
}
