package io.faultline.domain.workload;

import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.PodCondition;
import java.util.List;
import java.util.stream.Stream;

/**
 * The bad end of one pod of a Job.
 *
 * @param namespace of the pod
 * @param podName the pod's name
 * @param evidence what was seen of it
 */
public record PodEnd(String namespace, String podName, Evidence evidence) {

  private static final PodCondition DISRUPTED =
      new PodCondition(PodCondition.DISRUPTION_TARGET, "True", "", "");

  /** As messages of a Job name it: {@code namespace/name}. */
  String place() {
    return namespace + "/" + podName;
  }

  /** Whether there was a pod that could fail: a lease that came back is none. */
  boolean ran() {
    return evidence.kind() != EvidenceKind.LEASE_RETURNED;
  }

  /**
   * The pod's conditions. A run that we ended for another's sake, or whose executor was lost, was
   * disrupted in Kubernetes' sense of the word, though no cluster says so of it.
   */
  List<PodCondition> conditions() {
    boolean ours =
        evidence.kind() == EvidenceKind.PREEMPTED || evidence.kind() == EvidenceKind.LEASE_EXPIRED;
    boolean said = evidence.conditions().stream().anyMatch(c -> c.type().equals(DISRUPTED.type()));
    return ours && !said
        ? Stream.concat(evidence.conditions().stream(), Stream.of(DISRUPTED)).toList()
        : evidence.conditions();
  }
}
