package io.faultline.executor.kubernetes;

import io.faultline.executor.cluster.Cluster;
import io.faultline.executor.cluster.ClusterContract;
import io.faultline.executor.cluster.Driver;
import org.junit.jupiter.api.AfterEach;

/** Pods do what every cluster does. */
class KubernetesClusterIT extends ClusterContract {

  private final MockApi api = new MockApi();
  private final ScriptedKubelet kubelet = new ScriptedKubelet(api.client());

  @AfterEach
  void end() {
    kubelet.close();
    api.close();
  }

  @Override
  protected Cluster open() throws Exception {
    return api.cluster();
  }

  @Override
  protected Driver driver() {
    return kubelet;
  }

  @Override
  protected String onlyNode() {
    return ScriptedKubelet.NODE;
  }
}
