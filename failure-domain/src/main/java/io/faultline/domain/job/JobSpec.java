package io.faultline.domain.job;

import java.time.Instant;
import java.util.Map;

/**
 * What was submitted.
 *
 * @param job who it is
 * @param owner who submitted it
 * @param clientId the submitter's own id for it; may be empty
 * @param namespace the namespace of its pods
 * @param priority lower runs first
 * @param labels of the pod
 * @param annotations of the pod
 * @param podSpec the Kubernetes pod spec as JSON
 * @param submittedAt when the server accepted it
 */
public record JobSpec(
    JobIdentity job,
    String owner,
    String clientId,
    String namespace,
    double priority,
    Map<String, String> labels,
    Map<String, String> annotations,
    String podSpec,
    Instant submittedAt) {

  /** Copies the maps. */
  public JobSpec {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }
}
