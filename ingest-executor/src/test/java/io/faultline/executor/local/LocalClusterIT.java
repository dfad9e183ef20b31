package io.faultline.executor.local;

import io.faultline.executor.cluster.Cluster;
import io.faultline.executor.cluster.ClusterContract;
import io.faultline.executor.cluster.Driver;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Local processes do what every cluster does. */
class LocalClusterIT extends ClusterContract {

  @TempDir Path directory;
  @TempDir Path marks;

  @Override
  protected Cluster open() throws Exception {
    return new LocalCluster(LocalClusters.settings(directory));
  }

  @Override
  protected Driver driver() {
    return new ScriptDriver(marks);
  }

  @Override
  protected String onlyNode() {
    return LocalClusters.NODE;
  }
}
