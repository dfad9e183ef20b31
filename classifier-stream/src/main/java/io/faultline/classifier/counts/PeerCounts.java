package io.faultline.classifier.counts;

import io.faultline.app.HttpEndpoint.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks another instance for what it holds. */
final class PeerCounts {

  private static final Logger log = LoggerFactory.getLogger(PeerCounts.class);
  private static final Duration WITHIN = Duration.ofSeconds(2);

  private final String path;
  private final String token;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(WITHIN).build();

  PeerCounts(String path, String token) {
    this.path = path;
    this.token = token;
  }

  /** Its answer as it is; empty where it gives none. */
  Optional<Answer> ask(HostInfo peer, String jobId) {
    try {
      URI address = new URI("http", null, peer.host(), peer.port(), path + "/" + jobId, null, null);
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(address)
                  .timeout(WITHIN)
                  .header("Authorization", "Bearer " + token)
                  .build(),
              BodyHandlers.ofString());
      String type = response.headers().firstValue("Content-Type").orElse("text/plain");
      return Optional.of(new Answer(response.statusCode(), type, response.body()));
    } catch (IOException | URISyntaxException away) {
      log.atDebug().setMessage("instance gave no counts").addKeyValue("peer", peer).log();
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
