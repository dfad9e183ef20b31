package io.faultline.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.evidence.MessageCut;
import io.faultline.executor.cluster.Cluster;
import io.faultline.executor.cluster.ClusterContract;
import io.faultline.executor.cluster.Driver;
import io.faultline.executor.cluster.Room;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Pods of a real cluster of one node, in its namespace {@code default}. */
abstract class RealClusterContract extends ClusterContract {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final String executor = "contract-" + UUID.randomUUID();
  private RealPods pods;

  /** The file that says where the cluster is. */
  protected abstract Path kubeconfig() throws Exception;

  @BeforeEach
  void connect() throws Exception {
    pods = new RealPods(kubeconfig());
  }

  @AfterEach
  void disconnect() {
    pods.close();
  }

  @Override
  protected Cluster open() throws Exception {
    return new KubernetesCluster(
        new KubernetesSettings(
            kubeconfig().toString(),
            "",
            List.of("default"),
            "real",
            executor,
            new Room(100, 100_000, 100L << 30),
            new KubernetesSettings.Patience(PATIENCE, Duration.ofSeconds(5), PATIENCE),
            new KubernetesSettings.Pressure(
                50, Duration.ofSeconds(10), 5, Duration.ofMillis(200), Duration.ofSeconds(5), 50),
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            "",
            MessageCut.STANDARD));
  }

  @Override
  protected Driver driver() {
    return pods;
  }

  @Override
  protected String onlyNode() {
    assertThat(pods.nodes()).as("the contract needs a cluster of one node").hasSize(1);
    return pods.nodes().get(0);
  }
}
