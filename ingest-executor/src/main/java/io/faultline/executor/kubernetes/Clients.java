package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.io.IOException;

/** Connections to API servers. */
final class Clients {

  private Clients() {}

  /** A client by the settings; nothing is asked yet. */
  static KubernetesClient open(KubernetesSettings settings, Backoff backoff) throws IOException {
    String context = settings.context().isEmpty() ? null : settings.context();
    File file = new File(settings.kubeconfig());
    if (!settings.kubeconfig().isEmpty() && !file.canRead()) {
      throw new IOException(file + " can't be read");
    }
    Config config =
        settings.kubeconfig().isEmpty()
            ? Config.autoConfigure(context)
            : Config.fromKubeconfig(context, file);
    return open(config, settings, backoff);
  }

  /** A client that waits as long as the settings say, and asks once: who asks, tries again. */
  static KubernetesClient open(Config config, KubernetesSettings settings, Backoff backoff) {
    KubernetesSettings.Pressure pressure = settings.pressure();
    Config bounded =
        new ConfigBuilder(config)
            .withRequestTimeout((int) pressure.requestTimeout().toMillis())
            .withConnectionTimeout((int) pressure.requestTimeout().toMillis())
            .withRequestRetryBackoffLimit(0)
            .withUserAgent("faultline-executor")
            .build();
    return new KubernetesClientBuilder()
        .withConfig(bounded)
        .withHttpClientBuilderConsumer(
            http -> http.addOrReplaceInterceptor("retry-after", new RetryAfter(backoff)))
        .build();
  }
}
