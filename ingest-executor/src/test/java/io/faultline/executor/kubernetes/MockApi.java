package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
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
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A mock API server that keeps what it is given, and answers as a test wants where it says so. */
public final class MockApi extends Dispatcher implements AutoCloseable {

  private final KubernetesMixedDispatcher crud;
  private final Map<ServerRequest, Queue<ServerResponse>> expected = new HashMap<>();
  private final boolean https;
  private KubernetesMockServer server;

  /** What is answered instead; null where the server does. */
  public volatile Function<RecordedRequest, @Nullable MockResponse> fault = request -> null;

  /** How far the clock of clusters is ahead. */
  volatile Duration ahead = Duration.ZERO;

  private final Queue<String> made = new ConcurrentLinkedQueue<>();
  private final Queue<RecordedRequest> asked = new ConcurrentLinkedQueue<>();

  /** Begins, on a free port of this machine alone. */
  public MockApi() {
    this(false);
  }

  MockApi(boolean https) {
    this.https = https;
    crud = new KubernetesMixedDispatcher(expected);
    server = server();
    server.init();
  }

  private KubernetesMockServer server() {
    return new KubernetesMockServer(new Context(), new MockWebServer(), expected, this, https);
  }

  /** Goes away; what it was given stays. */
  void stop() {
    server.destroy();
  }

  /** Comes back where it was. */
  void restart() {
    int port = server.getPort();
    server = server();
    server.init(InetAddress.getLoopbackAddress(), port);
  }

  String url() {
    return server.url("/");
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    asked.add(request);
    MockResponse instead = fault.apply(request);
    return instead == null ? answer(request) : instead;
  }

  /** What the server itself answers. */
  public MockResponse answer(RecordedRequest request) {
    byte[] asked = request.getBody().getBytes(); // dispatching uses it up
    MockResponse answer = crud.dispatch(request);
    if (isCreation(request) && answer.code() < 300) {
      String json = new String(asked, StandardCharsets.UTF_8);
      Pod pod = new KubernetesSerialization().unmarshal(json, Pod.class);
      PodMarks.annotation(pod, PodMarks.RUN_ID).ifPresent(made::add);
    }
    return answer;
  }

  /** An answer that says no. */
  static MockResponse answer(int code, String message) {
    return json(
        code,
        new StatusBuilder().withStatus("Failure").withCode(code).withMessage(message).build());
  }

  /** Any answer. */
  static MockResponse json(int code, Object body) {
    return new MockResponse()
        .setResponseCode(code)
        .setHeader("Content-Type", "application/json")
        .setBody(new KubernetesSerialization().asJson(body));
  }

  /** Whether a pod is to be made. */
  static boolean isCreation(RecordedRequest request) {
    return request.getMethod().equals("POST") && request.getPath().endsWith("/pods");
  }

  /** Whether an executor asks, not a test. */
  public static boolean isExecutors(RecordedRequest request) {
    return "faultline-executor".equals(request.getHeader("User-Agent"));
  }

  /** Everything that was asked so far. */
  public List<RecordedRequest> asked() {
    return List.copyOf(asked);
  }

  /** The runs of which pods were made, one for each time. */
  public List<String> made() {
    return List.copyOf(made);
  }

  /** A file that says where this server is. */
  public Path kubeconfig(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("kubeconfig.yaml"),
        """
        apiVersion: v1
        kind: Config
        current-context: mock
        contexts: [{name: mock, context: {cluster: mock, user: mock, namespace: default}}]
        clusters: [{name: mock, cluster: {server: "SERVER"}}]
        users: [{name: mock, user: {token: none}}]
        """
            .replace("SERVER", server.url("/")));
  }

  Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(server.url("/"))
        .withTrustCerts(true)
        .withWatchReconnectInterval(10)
        .build();
  }

  static KubernetesSettings settings() {
    return settings(List.of());
  }

  static KubernetesSettings settings(List<String> namespaces) {
    return settings("", "", namespaces);
  }

  static KubernetesSettings settings(String kubeconfig, String context) {
    return settings(kubeconfig, context, List.of());
  }

  private static KubernetesSettings settings(
      String kubeconfig, String context, List<String> namespaces) {
    return new KubernetesSettings(
        kubeconfig,
        context,
        namespaces,
        "mock",
        "executor-1",
        new Room(100, 100_000, 100L << 30),
        new KubernetesSettings.Patience(
            Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1)),
        new KubernetesSettings.Pressure(
            10_000, Duration.ofSeconds(2), 2, Duration.ofMillis(10), Duration.ofMillis(200), 50),
        Duration.ofSeconds(5),
        Duration.ofHours(1),
        "",
        MessageCut.STANDARD);
  }

  /** A client for tests. */
  public KubernetesClient client() {
    return new KubernetesClientBuilder().withConfig(config()).build();
  }

  KubernetesCluster cluster() throws IOException {
    return cluster(List.of());
  }

  KubernetesCluster cluster(List<String> namespaces) throws IOException {
    KubernetesSettings settings = settings(namespaces);
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

  /**
   * Ends it. fabric8's server may wait in vain for a client to answer that a watch is closed, and
   * gives up after ten seconds with an exception; that says nothing of what is tested.
   */
  @Override
  public void close() {
    try {
      server.destroy();
    } catch (IllegalStateException e) {
      if (!(e.getCause() instanceof TimeoutException)) {
        throw e;
      }
    }
  }
}
