package io.faultline.executor.kubernetes;

import io.faultline.domain.evidence.MessageCut;
import io.faultline.executor.cluster.Room;
import java.time.Duration;
import java.util.List;

/**
 * How runs run as pods.
 *
 * @param kubeconfig the file that says where the API server is; empty for the configuration of the
 *     pod, or of the user, that the executor runs as
 * @param context the context of that file; empty for its current one
 * @param namespaces where pods may be made; empty for all
 * @param cluster the cluster's name in reports
 * @param executor whose pods these are; stable over restarts
 * @param capacity what all runs together may take
 * @param patience how long things may take
 * @param pressure how much is asked of the API server
 * @param leaseGrace how long a run may take to end when nobody knows any more that it lives
 * @param keepFailed how long a failed pod is kept after its report
 * @param nodeLabel the label that tells nodes apart where a run must avoid some; empty for their
 *     names
 * @param messages how texts are cut
 */
public record KubernetesSettings(
    String kubeconfig,
    String context,
    List<String> namespaces,
    String cluster,
    String executor,
    Room capacity,
    Patience patience,
    Pressure pressure,
    Duration leaseGrace,
    Duration keepFailed,
    String nodeLabel,
    MessageCut messages) {

  /** Copies the list. */
  public KubernetesSettings {
    namespaces = List.copyOf(namespaces);
  }

  /**
   * How long things may take before a run is given up.
   *
   * @param start a pod on its node, until its containers run: image pull, volumes, configuration
   * @param schedule a pod that no node can take
   * @param terminate a pod that is being deleted, beyond its grace
   */
  public record Patience(Duration start, Duration schedule, Duration terminate) {}

  /**
   * How much is asked of the API server.
   *
   * @param queriesPerSecond requests a second, watches apart
   * @param requestTimeout how long one may take
   * @param retries how often making a pod, or reading its events, is tried again after 429, 500 and
   *     the like, or no answer
   * @param firstBackoff the first pause after such an answer; each next one is twice as long
   * @param longestBackoff the longest of them
   * @param events how many of a pod's events are kept, the newest
   */
  public record Pressure(
      int queriesPerSecond,
      Duration requestTimeout,
      int retries,
      Duration firstBackoff,
      Duration longestBackoff,
      int events) {}
}
