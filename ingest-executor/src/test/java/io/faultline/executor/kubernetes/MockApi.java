package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.faultline.domain.evidence.MessageCut;
import io.faultline.executor.cluster.Room;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A mock API server that keeps what it is given, and answers as a test wants where it says so. */
final class MockApi extends Dispatcher implements AutoCloseable {

  private final KubernetesMixedDispatcher crud;
  private final KubernetesMockServer server;

  /** What is answered instead; null where the server does. */
  volatile Function<RecordedRequest, @Nullable MockResponse> fault = request -> null;

  /** How far the clock of clusters is ahead. */
  volatile Duration ahead = Duration.ZERO;

  MockApi() {
    Map<ServerRequest, Queue<ServerResponse>> expected = new HashMap<>();
    crud = new KubernetesMixedDispatcher(expected);
    server = new KubernetesMockServer(new Context(), new MockWebServer(), expected, this, false);
    server.init();
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    MockResponse instead = fault.apply(request);
    return instead == null ? answer(request) : instead;
  }

  /** What the server itself answers. */
  MockResponse answer(RecordedRequest request) {
    return crud.dispatch(request);
  }

  Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(server.url("/"))
        .withTrustCerts(true)
        .withWatchReconnectInterval(10)
        .build();
  }

  static KubernetesSettings settings() {
    return new KubernetesSettings(
        "",
        "",
        List.of(),
        "mock",
        "executor-1",
        new Room(100, 100_000, 100L << 30),
        new KubernetesSettings.Patience(
            Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1)),
        new KubernetesSettings.Pressure(
            10_000, Duration.ofSeconds(2), 2, Duration.ofMillis(10), Duration.ofMillis(200), 50),
        Duration.ofSeconds(5),
        Duration.ofHours(1),
        MessageCut.STANDARD);
  }

  /** A client of its own. */
  KubernetesClient client() {
    return Clients.open(config(), settings(), KubernetesCluster.backoff(settings()));
  }

  KubernetesCluster cluster() throws IOException {
    KubernetesSettings settings = settings();
    Backoff backoff = KubernetesCluster.backoff(settings);
    return new KubernetesCluster(
        settings, Clients.open(config(), settings, backoff), backoff, clock());
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return Instant.now().plus(ahead);
      }
    };
  }

  @Override
  public void close() {
    server.destroy();
  }
}
