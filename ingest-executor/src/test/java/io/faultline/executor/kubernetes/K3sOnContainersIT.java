package io.faultline.executor.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/** The contract on a K3s of its own, where there is a container engine. */
@Testcontainers(disabledWithoutDocker = true)
class K3sOnContainersIT extends RealClusterContract {

  @Container
  private static final K3sContainer K3S =
      new K3sContainer(DockerImageName.parse("rancher/k3s:v1.34.1-k3s1"));

  @TempDir private Path folder;

  @Override
  protected Path kubeconfig() throws IOException {
    return Files.writeString(folder.resolve("kubeconfig.yaml"), K3S.getKubeConfigYaml());
  }
}
