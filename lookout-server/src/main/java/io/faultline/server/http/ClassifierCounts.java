package io.faultline.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** Asks the classifiers that are alive, one after another, until one holds the job's key. */
public final class ClassifierCounts implements CountsClient {

  private static final String SERVICE = "classifier-stream";
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
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
    URI uri = URI.create(url + "/counts/" + URLEncoder.encode(jobId, StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token)
            .build();
    try {
      HttpResponse<String> answer =
          http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return answer.statusCode() == 200
          ? Optional.of(MAPPER.readTree(answer.body()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
