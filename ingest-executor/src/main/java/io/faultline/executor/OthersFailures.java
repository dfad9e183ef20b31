package io.faultline.executor;

import io.faultline.executor.kafka.ErrorPublisher;
import io.faultline.executor.kafka.ExecutorMetrics;
import io.faultline.executor.kubernetes.KubernetesCluster;
import io.faultline.executor.kubernetes.OtherJobs;
import io.faultline.executor.kubernetes.OtherPods;
import io.faultline.schemas.Codecs;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The failures of pods that others made, and of their Jobs where these are watched, from their
 * cluster to their topics.
 */
final class OthersFailures implements AutoCloseable {

  private final ErrorPublisher publisher;
  private final OtherPods pods;
  private final @Nullable OtherJobs jobs;

  private OthersFailures(ErrorPublisher publisher, OtherPods pods, @Nullable OtherJobs jobs) {
    this.publisher = publisher;
    this.pods = pods;
    this.jobs = jobs;
  }

  static OthersFailures begin(
      ExecutorSettings settings, KubernetesCluster cluster, Codecs codecs, ExecutorMetrics metrics)
      throws IOException {
    ErrorPublisher publisher = new ErrorPublisher(settings.common(), codecs, metrics);
    OtherPods pods = null;
    try {
      pods = cluster.watchOthers(settings.others(), publisher);
      metrics.others(pods::count);
      OtherJobs jobs =
          settings.others().sets() ? cluster.watchJobs(settings.others(), publisher::tell) : null;
      return new OthersFailures(publisher, pods, jobs);
    } catch (IOException e) {
      if (pods != null) {
        pods.close();
      }
      publisher.close();
      throw e;
    }
  }

  @Override
  public void close() {
    if (jobs != null) {
      jobs.close();
    }
    pods.close();
    publisher.close();
  }
}
