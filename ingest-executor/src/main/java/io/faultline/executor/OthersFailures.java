package io.faultline.executor;

import io.faultline.executor.kafka.ErrorPublisher;
import io.faultline.executor.kafka.ExecutorMetrics;
import io.faultline.executor.kubernetes.KubernetesCluster;
import io.faultline.executor.kubernetes.OtherPods;
import io.faultline.schemas.Codecs;
import java.io.IOException;

/** The failures of pods that others made, from their cluster to the topic of errors. */
final class OthersFailures implements AutoCloseable {

  private final ErrorPublisher publisher;
  private final OtherPods pods;

  private OthersFailures(ErrorPublisher publisher, OtherPods pods) {
    this.publisher = publisher;
    this.pods = pods;
  }

  static OthersFailures begin(
      ExecutorSettings settings, KubernetesCluster cluster, Codecs codecs, ExecutorMetrics metrics)
      throws IOException {
    ErrorPublisher publisher = new ErrorPublisher(settings.common(), codecs, metrics);
    try {
      OtherPods pods = cluster.watchOthers(settings.others(), publisher);
      metrics.others(pods::count);
      return new OthersFailures(publisher, pods);
    } catch (IOException e) {
      publisher.close();
      throw e;
    }
  }

  @Override
  public void close() {
    pods.close();
    publisher.close();
  }
}
