package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps a pod off nodes, whatever else its affinity asks for. */
final class AvoidedNodes {

  private AvoidedNodes() {}

  /** Adds to each of the pod's alternatives that it is none of these nodes. */
  static void add(PodSpec spec, List<String> nodes) {
    if (nodes.isEmpty()) {
      return;
    }
    Affinity affinity = spec.getAffinity() == null ? new Affinity() : spec.getAffinity();
    NodeAffinity node =
        affinity.getNodeAffinity() == null ? new NodeAffinity() : affinity.getNodeAffinity();
    NodeSelector required = node.getRequiredDuringSchedulingIgnoredDuringExecution();
    List<NodeSelectorTerm> terms = new ArrayList<>();
    if (required == null) {
      terms.add(without(new NodeSelectorTerm(), nodes));
    } else {
      // a term that asks for nothing matches nothing; one more requirement would make it match
      orNone(required.getNodeSelectorTerms())
          .forEach(t -> terms.add(empty(t) ? t : without(t, nodes)));
    }
    NodeSelector changed = new NodeSelector();
    changed.setNodeSelectorTerms(terms);
    node.setRequiredDuringSchedulingIgnoredDuringExecution(changed);
    affinity.setNodeAffinity(node);
    spec.setAffinity(affinity);
  }

  /** A list that is null is as good as absent, which asks for nothing. */
  private static <T> List<T> orNone(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static boolean empty(NodeSelectorTerm term) {
    return orNone(term.getMatchExpressions()).isEmpty() && orNone(term.getMatchFields()).isEmpty();
  }

  private static NodeSelectorTerm without(NodeSelectorTerm term, List<String> nodes) {
    List<NodeSelectorRequirement> fields = new ArrayList<>(orNone(term.getMatchFields()));
    for (String node : nodes) {
      // Kubernetes allows one name in each
      fields.add(new NodeSelectorRequirement("metadata.name", "NotIn", List.of(node)));
    }
    term.setMatchFields(fields);
    return term;
  }
}
