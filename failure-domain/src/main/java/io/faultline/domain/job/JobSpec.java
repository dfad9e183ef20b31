package io.faultline.domain.job;

import io.faultline.domain.workload.SetPlace;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
 * @param place where its jobs stand in a set, of which this is a template; null where it is the
 *     spec of one job, or of jobs of a gang that are alike
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
    Instant submittedAt,
    @Nullable SetPlace place) {

  /** Copies the maps. */
  public JobSpec {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  /** Of what is no template of a set. */
  public JobSpec(
      JobIdentity job,
      String owner,
      String clientId,
      String namespace,
      double priority,
      Map<String, String> labels,
      Map<String, String> annotations,
      String podSpec,
      Instant submittedAt) {
    this(
        job, owner, clientId, namespace, priority, labels, annotations, podSpec, submittedAt, null);
  }

  /** The hash of the pod spec's UTF-8 bytes, lower-case hex: what a reference to it carries. */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(podSpec.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
