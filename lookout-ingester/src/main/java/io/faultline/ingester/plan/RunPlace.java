package io.faultline.ingester.plan;

import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.JobEvent;

/**
 * Where a run is. A run doesn't move, so what one message doesn't know another fills in. Null where
 * not known.
 */
public record RunPlace(String cluster, String executor, String node, String namespace, String pod) {

  /** Nothing is known. */
  static final RunPlace UNKNOWN = new RunPlace(null, null, null, null, null);

  static RunPlace of(JobEvent event) {
    return new RunPlace(
        Storable.text(event.cluster()),
        Storable.text(event.executor()),
        Storable.text(event.node()),
        null,
        Storable.text(podName(event.detail())));
  }

  static RunPlace of(JobError error) {
    return new RunPlace(
        Storable.text(error.cluster()),
        Storable.text(error.executor()),
        Storable.text(error.evidence().node()),
        Storable.text(error.namespace()),
        Storable.text(error.podName()));
  }

  private static String podName(JobEvent.Detail detail) {
    if (detail instanceof JobEvent.Pending pending) {
      return pending.podName();
    }
    return detail instanceof JobEvent.Running running ? running.podName() : null;
  }

  RunPlace merge(RunPlace other) {
    return new RunPlace(
        Merge.greater(cluster, other.cluster),
        Merge.greater(executor, other.executor),
        Merge.greater(node, other.node),
        Merge.greater(namespace, other.namespace),
        Merge.greater(pod, other.pod));
  }
}
