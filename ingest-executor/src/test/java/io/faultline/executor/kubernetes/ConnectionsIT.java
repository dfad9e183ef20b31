package io.faultline.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.faultline.executor.cluster.Observation;
import io.faultline.executor.cluster.Observations;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodOrders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the API server is found, and what the executor shows it. */
class ConnectionsIT {

  @TempDir Path directory;
  private final Set<String> shown = ConcurrentHashMap.newKeySet();
  private final Map<String, String> before = new HashMap<>();
  private final Observations seen = new Observations();
  private MockApi api = new MockApi();
  private volatile String accepted = "first";
  private Path token;

  @BeforeEach
  void tokens() throws IOException {
    token = Files.writeString(directory.resolve("token"), "first");
    askForTokens();
  }

  private void askForTokens() {
    api.fault =
        request -> {
          shown.add(shown(request));
          return !MockApi.isExecutors(request) || shown(request).equals("Bearer " + accepted)
              ? null
              : MockApi.answer(401, "Unauthorized");
        };
  }

  private static String shown(RecordedRequest request) {
    return String.valueOf(request.getHeader("Authorization"));
  }

  @AfterEach
  void close() {
    before.forEach(ConnectionsIT::property);
    api.close();
  }

  private static void property(String name, String value) {
    if (value == null) {
      System.clearProperty(name);
    } else {
      System.setProperty(name, value);
    }
  }

  private void set(String name, String value) {
    before.put(name, System.getProperty(name));
    System.setProperty(name, value);
  }

  private Path kubeconfig(String token) throws IOException {
    return Files.writeString(
        directory.resolve("kubeconfig.yaml"),
        """
        apiVersion: v1
        kind: Config
        current-context: nowhere
        contexts:
          - {name: nowhere, context: {cluster: nowhere, user: me}}
          - {name: here, context: {cluster: here, user: me}}
        clusters:
          - {name: nowhere, cluster: {server: "http://127.0.0.1:1/"}}
          - {name: here, cluster: {server: "SERVER"}}
        users: [{name: me, user: {token: "TOKEN"}}]
        """
            .replace("SERVER", api.url())
            .replace("TOKEN", token));
  }

  private void assertMakesPods(KubernetesCluster cluster) throws Exception {
    PodOrder order = PodOrders.of(PodOrders.shell("exit 1"));
    cluster.create(order);
    seen.awaits(order.runId(), Observation.Pending.class);
  }

  @Test
  void aFileAndOneOfItsContextsSayWhere() throws Exception {
    try (KubernetesCluster cluster =
        new KubernetesCluster(MockApi.settings(kubeconfig("first").toString(), "here"))) {
      cluster.watch(seen);
      assertMakesPods(cluster);
    }
    assertThat(shown).contains("Bearer first");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> new KubernetesCluster(MockApi.settings("/no/such/file", "")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/no/such/file");
  }

  @Test
  void aTokenThatExpiresIsReadAgain() throws Exception {
    try (KubernetesCluster cluster =
        new KubernetesCluster(MockApi.settings(kubeconfig("first").toString(), "here"))) {
      cluster.watch(seen);
      assertMakesPods(cluster);
      accepted = "second";
      kubeconfig("second");
      assertMakesPods(cluster);
    }
    assertThat(shown).contains("Bearer first", "Bearer second");
  }

  @Test
  void inAPodItsServiceAccountIsUsed() throws Exception {
    api.close();
    api = new MockApi(true);
    askForTokens();
    URI url = URI.create(api.url());
    set(Config.KUBERNETES_AUTH_TRYKUBECONFIG_SYSTEM_PROPERTY, "false");
    set(Config.KUBERNETES_SERVICE_HOST_PROPERTY, url.getHost());
    set(Config.KUBERNETES_SERVICE_PORT_PROPERTY, Integer.toString(url.getPort()));
    set(Config.KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN_FILE_SYSTEM_PROPERTY, token.toString());
    set(Config.KUBERNETES_TRUST_CERT_SYSTEM_PROPERTY, "true");
    try (KubernetesCluster cluster = new KubernetesCluster(MockApi.settings("", ""))) {
      cluster.watch(seen);
      assertMakesPods(cluster);
      accepted = "second"; // as a cluster does every hour
      Files.writeString(token, "second");
      assertMakesPods(cluster);
    }
    assertThat(shown).contains("Bearer first", "Bearer second");
  }
}
