package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.faultline.executor.cluster.PodRefused;
import io.faultline.executor.cluster.PodRefused.Why;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has one pod made, once, whatever the API server answers. */
record PodCreation(PodApi api, String executor) {

  private static final Logger log = LoggerFactory.getLogger(PodCreation.class);
  private static final int CONFLICT = 409;
  private static final int ATTEMPTS = 3;

  /** The pod, made now or before. */
  Pod make(Pod pod) throws PodRefused {
    KubernetesClientException last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return api.create(pod);
      } catch (KubernetesClientException e) {
        last = e;
      }
      if (last.getCode() != CONFLICT && !inDoubt(last)) {
        break;
      }
      try {
        Optional<Pod> there = api.find(pod);
        if (there.isPresent() && sameRun(there.get(), pod)) {
          return there.get();
        }
        if (there.isPresent() && !makeWay(there.get())) {
          throw new PodRefused(
              Why.NOT_NOW, "the name " + place(pod) + " is taken by " + owner(there.get()));
        }
      } catch (KubernetesClientException e) {
        last = e;
        break;
      }
      if (inDoubt(last)) {
        break; // the client has tried often enough
      }
    }
    throw refusal(pod, last);
  }

  private static boolean sameRun(Pod there, Pod wanted) {
    return PodMarks.annotation(there, PodMarks.RUN_ID)
            .equals(PodMarks.annotation(wanted, PodMarks.RUN_ID))
        && PodMarks.annotation(there, PodMarks.EXECUTOR)
            .equals(PodMarks.annotation(wanted, PodMarks.EXECUTOR));
  }

  /** An earlier run's pod may go once it has ended and its end is reported. */
  private boolean makeWay(Pod there) {
    if (PodMarks.run(there, executor).isEmpty()
        || PodMarks.kept(there)
        || !new PodView(there).terminal()) {
      return false;
    }
    api.delete(there, 0);
    return true;
  }

  private static String owner(Pod there) {
    return PodMarks.annotation(there, PodMarks.RUN_ID)
        .map(run -> "the pod of run " + run)
        .orElse("a pod that is not ours");
  }

  private static String place(Pod pod) {
    return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
  }

  /** Whether it may have been made all the same. */
  private static boolean inDoubt(KubernetesClientException problem) {
    return problem.getCode() == 0 || problem.getCode() >= 500;
  }

  private static PodRefused refusal(Pod pod, KubernetesClientException problem) {
    int code = problem.getCode();
    String said = said(problem);
    boolean never =
        code == 400 || code == 413 || code == 422 || (code == 403 && !passing(problem, said));
    if (inDoubt(problem)) {
      log.atWarn()
          .setMessage("pod refused, in doubt")
          .addKeyValue("pod", place(pod))
          .addKeyValue("problem", said)
          .log();
    }
    return new PodRefused(
        never ? Why.NEVER : Why.NOT_NOW,
        "pod "
            + place(pod)
            + " was not made: "
            + (code == 0 ? "" : "the API server answered " + code + ": ")
            + said);
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
