package io.faultline.rules.job;

import java.util.Map;
import java.util.Optional;

/**
 * One job of a job file.
 *
 * @param clientId the submitter's own id; may be empty
 * @param namespace of its pods
 * @param priority lower runs first
 * @param labels of its pods
 * @param annotations of its pods, all as written
 * @param gangId the gang it belongs to; empty when it stands alone
 * @param gangCardinality how many jobs the gang has; 1 without a gang
 * @param failFast whether its first failure ends it
 * @param podSpec the Kubernetes pod spec as JSON
 */
public record JobSubmission(
    String clientId,
    String namespace,
    double priority,
    Map<String, String> labels,
    Map<String, String> annotations,
    Optional<String> gangId,
    int gangCardinality,
    boolean failFast,
    String podSpec) {

  /** Copies the maps. */
  public JobSubmission {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  /** Whether it differs from another job in nothing but its clientId. */
  boolean isAlike(JobSubmission other) {
    return namespace.equals(other.namespace)
        && priority == other.priority
        && failFast == other.failFast
        && labels.equals(other.labels)
        && annotations.equals(other.annotations)
        && podSpec.equals(other.podSpec);
  }
}
