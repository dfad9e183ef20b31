package io.faultline.executor.cluster;

import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import java.util.List;

/** The end of a run that had to make room, as evidence: alike on every kind of cluster. */
public final class Preemption {

  private Preemption() {}

  /**
   * The evidence.
   *
   * @param why what the pod's message says
   * @param phase the pod's; empty where there was none
   * @param node where it ran; empty where it did not
   * @param containers as they ended
   */
  public static Evidence evidence(
      String why, String phase, String node, List<ContainerEvidence> containers) {
    return new Evidence(
        EvidenceKind.PREEMPTED, null, "", why, phase, node, containers, List.of(), "", null);
  }
}
