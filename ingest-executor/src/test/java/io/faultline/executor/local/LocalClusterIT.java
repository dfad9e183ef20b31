package io.faultline.executor.local;

import io.faultline.executor.cluster.Cluster;
import io.faultline.executor.cluster.ClusterContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Local processes do what every cluster does. */
class LocalClusterIT extends ClusterContract {

  @TempDir Path directory;

  @Override
  protected Cluster open() throws Exception {
    return new LocalCluster(LocalClusters.settings(directory));
  }

  @Override
  protected String onlyNode() {
    return LocalClusters.NODE;
  }
}
