package io.faultline.rules.kubernetes;

import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.MessageCut;
import io.faultline.domain.evidence.PodEvent;
import io.faultline.domain.evidence.Termination;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes evidence of a Kubernetes pod, as an executor on a cluster would report it. */
public final class PodReader {
  private final MessageCut cut;
  private final Map<String, String> images = new HashMap<>();

  private PodReader(MessageCut cut) {
    this.cut = cut;
  }

  /**
   * The evidence of a failed pod.
   *
   * @param pod a Pod, or a List that holds just one, as {@code kubectl get pod -o json|yaml} prints
   *     it. One rejected at admission has neither container statuses nor conditions
   * @param events a List or EventList of Events, a bare list, or one Event; those that name another
   *     object are passed over
   * @param podError the message that the executor itself captured; may be empty
   * @param cut how texts are cut: once, here
   * @throws RuleFileException where a known field has another type, with the place
   */
  public static Evidence evidence(
      YamlNode pod, Optional<YamlNode> events, String podError, MessageCut cut) {
    YamlMap map = onlyPod(pod);
    String name = map.find("metadata").map(n -> n.looseMap().textOrEmpty("name")).orElse("");
    List<PodEvent> read = events.map(node -> EventsReader.read(node, name, cut)).orElse(List.of());
    return new PodReader(cut).evidence(map, read, podError);
  }

  private static YamlMap onlyPod(YamlNode node) {
    YamlMap map = node.looseMap();
    String kind = map.textOrEmpty("kind");
    if (kind.equals("List") || kind.equals("PodList")) {
      List<YamlNode> items = map.listOrEmpty("items");
      if (items.size() != 1) {
        throw node.problem("one pod is expected, and this list has " + items.size());
      }
      return onlyPod(items.get(0));
    }
    if (!kind.isEmpty() && !kind.equals("Pod")) {
      throw map.require("kind").problem("a Pod is expected, not \"" + kind + "\"");
    }
    if (map.find("status").isEmpty() && map.find("spec").isEmpty()) {
      throw node.problem("this is no Pod: it has neither spec nor status");
    }
    return map;
  }

  private Evidence evidence(YamlMap pod, List<PodEvent> events, String podError) {
    Optional<YamlMap> spec = pod.find("spec").map(YamlNode::looseMap);
    for (String key : List.of("containers", "initContainers", "ephemeralContainers")) {
      for (YamlNode container : spec.map(s -> s.listOrEmpty(key)).orElse(List.of())) {
        YamlMap map = container.looseMap();
        images.put(map.textOrEmpty("name"), map.textOrEmpty("image"));
      }
    }
    Optional<YamlMap> status = pod.find("status").map(YamlNode::looseMap);
    List<ContainerEvidence> containers = new ArrayList<>();
    containers.addAll(containers(status, "containerStatuses", ContainerRole.REGULAR));
    containers.addAll(containers(status, "initContainerStatuses", ContainerRole.INIT));
    containers.addAll(containers(status, "ephemeralContainerStatuses", ContainerRole.EPHEMERAL));
    String reason = text(status, "reason");
    return new Evidence(
        kind(reason, containers),
        null,
        cut.head(reason),
        cut.head(text(status, "message")),
        text(status, "phase"),
        text(spec, "nodeName"),
        containers,
        events,
        cut.head(podError),
        null,
        status.map(s -> PodConditions.read(s, cut)).orElse(List.of()));
  }

  /** A pod whose container ended badly has failed; all else is an issue of the pod's own. */
  private static EvidenceKind kind(String reason, List<ContainerEvidence> containers) {
    if (reason.equals("DeadlineExceeded")) {
      return EvidenceKind.POD_ISSUE;
    }
    boolean failed = containers.stream().anyMatch(ContainerEvidence::failed);
    return failed || reason.equals("Evicted") ? EvidenceKind.POD_FAILED : EvidenceKind.POD_ISSUE;
  }

  private List<ContainerEvidence> containers(
      Optional<YamlMap> status, String key, ContainerRole role) {
    return status.map(s -> s.listOrEmpty(key)).orElse(List.of()).stream()
        .map(node -> container(node.looseMap(), role))
        .toList();
  }

  private ContainerEvidence container(YamlMap status, ContainerRole role) {
    String name = status.require("name").text();
    return new ContainerEvidence(
        name,
        role,
        images.getOrDefault(name, status.textOrEmpty("image")),
        state(status, "state", "terminated").map(this::termination).orElse(null),
        state(status, "state", "waiting").map(w -> w.textOrEmpty("reason")).orElse(""),
        state(status, "lastState", "terminated").map(this::termination).orElse(null));
  }

  private static Optional<YamlMap> state(YamlMap status, String key, String kind) {
    return status.find(key).flatMap(s -> s.looseMap().find(kind)).map(YamlNode::looseMap);
  }

  private Termination termination(YamlMap terminated) {
    return new Termination(
        terminated.require("exitCode").int32(),
        terminated.find("signal").map(YamlNode::int32).orElse(0),
        terminated.textOrEmpty("reason"),
        cut.head(terminated.textOrEmpty("message")));
  }

  private static String text(Optional<YamlMap> map, String key) {
    return map.map(m -> m.textOrEmpty(key)).orElse("");
  }
}
