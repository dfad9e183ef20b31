package io.faultline.cli.up;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;

/**
 * The nodes of a mock cluster, and its scheduler, which knows no more than node affinity with
 * {@code NotIn}: the first node that a pod's affinity prefers, else the first that it allows.
 */
final class MockNodes {

  static final String RACK = "example.com/rack";

  /** In the order in which they are taken; the first two share a rack. */
  private static final List<Node> NODES =
      List.of(node("node-1", "rack-a"), node("node-2", "rack-a"), node("node-3", "rack-b"));

  private MockNodes() {}

  /** Has the API server know them. */
  static void create(KubernetesClient client) {
    NODES.forEach(node -> client.resource(node).create());
  }

  /** Where a pod goes; empty where no node can take it. */
  static Optional<String> of(Pod pod) {
    List<Node> allowed = NODES.stream().filter(node -> allows(pod, node)).toList();
    return allowed.stream()
        .filter(node -> prefers(pod, node))
        .findFirst()
        .or(() -> allowed.stream().findFirst())
        .map(MockNodes::name);
  }

  private static boolean allows(Pod pod, Node node) {
    return affinity(pod)
        .map(NodeAffinity::getRequiredDuringSchedulingIgnoredDuringExecution)
        .map(required -> required.getNodeSelectorTerms().stream().anyMatch(t -> matches(t, node)))
        .orElse(true);
  }

  private static boolean prefers(Pod pod, Node node) {
    return affinity(pod)
        .map(NodeAffinity::getPreferredDuringSchedulingIgnoredDuringExecution)
        .map(preferred -> preferred.stream().allMatch(p -> matches(p.getPreference(), node)))
        .orElse(true);
  }

  private static Optional<NodeAffinity> affinity(Pod pod) {
    return Optional.ofNullable(pod.getSpec().getAffinity()).map(a -> a.getNodeAffinity());
  }

  private static boolean matches(NodeSelectorTerm term, Node node) {
    return term.getMatchFields().stream().allMatch(field -> holds(field, name(node)))
        && term.getMatchExpressions().stream()
            .allMatch(e -> holds(e, node.getMetadata().getLabels().get(e.getKey())));
  }

  private static boolean holds(NodeSelectorRequirement requirement, String value) {
    if (!requirement.getOperator().equals("NotIn")) {
      throw new IllegalArgumentException("this scheduler knows no " + requirement.getOperator());
    }
    return !requirement.getValues().contains(value);
  }

  private static String name(Node node) {
    return node.getMetadata().getName();
  }

  private static Node node(String name, String rack) {
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels(RACK, rack)
        .endMetadata()
        .build();
  }
}
