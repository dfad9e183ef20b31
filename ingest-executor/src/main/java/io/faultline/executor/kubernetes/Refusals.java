package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.faultline.executor.cluster.PodRefused;
import io.faultline.executor.cluster.PodRefused.Why;

/** What an API server's refusal to make a pod means. */
final class Refusals {

  private Refusals() {}

  /** The refusal, in the server's words. */
  static PodRefused of(Pod pod, KubernetesClientException problem) {
    int code = problem.getCode();
    String said = said(problem);
    boolean never =
        code == 400 || code == 413 || code == 422 || (code == 403 && !passing(problem, said));
    return new PodRefused(
        never ? Why.NEVER : Why.NOT_NOW,
        "pod "
            + place(pod)
            + " was not made: "
            + (code == 0 ? "" : "the API server answered " + code + ": ")
            + said);
  }

  /** Namespace and name. */
  static String place(Pod pod) {
    return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
  }

  /** A namespace that is being deleted, or a quota that is used up. */
  private static boolean passing(KubernetesClientException problem, String said) {
    Status status = problem.getStatus();
    boolean terminating =
        status != null
            && status.getDetails() != null
            && status.getDetails().getCauses().stream()
                .anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
    return terminating
        || said.contains("because it is being terminated")
        || said.contains("exceeded quota");
  }

  private static String said(KubernetesClientException problem) {
    Status status = problem.getStatus();
    if (status != null && status.getMessage() != null) {
      return status.getMessage();
    }
    Throwable cause = problem.getCause();
    return cause == null
        ? String.valueOf(problem.getMessage())
        : problem.getMessage() + ": " + cause;
  }
}
