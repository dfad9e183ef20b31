package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.domain.evidence.MessageCut;
import io.faultline.rules.kubernetes.PodReader;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/**
 * A failed pod as evidence, by the one reader that everything else uses too.
 *
 * @param kubernetes writes pods as JSON
 * @param cut how texts are cut
 */
record PodEvidence(KubernetesSerialization kubernetes, MessageCut cut) {

  /** All that was seen of a failure. */
  Evidence of(PodView pod, PodFate.Failed fate, List<Event> events) {
    Evidence seen;
    try {
      EventList list = new EventList();
      list.setItems(events);
      seen =
          PodReader.evidence(
              node("pod", pod.pod()), Optional.of(node("events", list)), fate.message(), cut);
    } catch (RuleFileException e) {
      return unreadable(pod, e);
    }
    return new Evidence(
        fate.kind() == null ? seen.kind() : fate.kind(),
        fate.cause(),
        fate.podReason().isEmpty() ? seen.podReason() : fate.podReason(),
        preempted(fate) ? fate.message() : seen.podMessage(),
        seen.podPhase(),
        seen.node(),
        fate.neverStarted() ? unmatched(seen.containers()) : seen.containers(),
        seen.events(),
        preempted(fate) ? "" : seen.podError(),
        null,
        seen.conditions());
  }

  /** By us: why is what the pod's message says, instead of what its containers made of it. */
  private static boolean preempted(PodFate.Failed fate) {
    return fate.kind() == EvidenceKind.PREEMPTED && !fate.message().isEmpty();
  }

  /**
   * A pod that we gave up is deleted, and its kubelet then gives an exit code to containers that
   * never ran, and ends those that did. That is what came of the end, not its cause: it is kept
   * where no rule looks.
   */
  private static List<ContainerEvidence> unmatched(List<ContainerEvidence> containers) {
    return containers.stream()
        .map(
            c ->
                c.failed()
                    ? new ContainerEvidence(
                        c.name(), c.role(), c.image(), null, c.waitingReason(), c.termination())
                    : c)
        .toList();
  }

  private YamlNode node(String name, Object object) {
    return YamlFile.read(name, kubernetes.asJson(object)).single();
  }

  private Evidence unreadable(PodView pod, RuleFileException problem) {
    return new Evidence(
        EvidenceKind.POD_ISSUE,
        InternalCause.ISSUE_HANDLER_ERROR,
        cut.head(pod.reason()),
        "",
        pod.phase(),
        pod.node(),
        List.of(),
        List.of(),
        cut.head("the pod's status can't be read: " + problem.getMessage()),
        null);
  }
}
