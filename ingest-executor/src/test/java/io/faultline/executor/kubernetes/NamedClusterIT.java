package io.faultline.executor.kubernetes;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract on the cluster that a kubeconfig file of the environment leads to. */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG_TEST",
    matches = ".+",
    disabledReason = "KUBECONFIG_TEST names no kubeconfig file of a cluster for tests")
class NamedClusterIT extends RealClusterContract {

  @Override
  protected Path kubeconfig() {
    return Path.of(System.getenv("KUBECONFIG_TEST"));
  }
}
