package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;
import io.faultline.domain.retry.RunMutations;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a pod off nodes, or has it prefer others, whatever else its affinity asks for.
 *
 * @param label the label that tells nodes apart; empty for their names
 * @param valueOf that label's value on a node, by the node's name
 */
record OtherNodes(String label, UnaryOperator<String> valueOf) {

  /** Nodes are told apart by their names. */
  static final OtherNodes BY_NAME = new OtherNodes("", UnaryOperator.identity());

  private static final int MOST_WEIGHT = 100;
  private static final String NOT_IN = "NotIn";

  /** Adds what a run must avoid, and what it should. */
  void add(PodSpec spec, RunMutations mutations) {
    if (mutations.avoidNodes().isEmpty() && mutations.otherNodes().isEmpty()) {
      return;
    }
    Affinity affinity = spec.getAffinity() == null ? new Affinity() : spec.getAffinity();
    NodeAffinity node =
        affinity.getNodeAffinity() == null ? new NodeAffinity() : affinity.getNodeAffinity();
    if (!mutations.avoidNodes().isEmpty()) {
      avoid(node, mutations.avoidNodes());
    }
    if (!mutations.otherNodes().isEmpty()) {
      prefer(node, mutations.otherNodes());
    }
    affinity.setNodeAffinity(node);
    spec.setAffinity(affinity);
  }

  /** Each of the pod's alternatives must be none of these nodes. */
  private void avoid(NodeAffinity affinity, List<String> nodes) {
    NodeSelector required = affinity.getRequiredDuringSchedulingIgnoredDuringExecution();
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
    affinity.setRequiredDuringSchedulingIgnoredDuringExecution(changed);
  }

  private void prefer(NodeAffinity affinity, List<String> nodes) {
    List<PreferredSchedulingTerm> preferred =
        new ArrayList<>(orNone(affinity.getPreferredDuringSchedulingIgnoredDuringExecution()));
    preferred.add(new PreferredSchedulingTerm(without(new NodeSelectorTerm(), nodes), MOST_WEIGHT));
    affinity.setPreferredDuringSchedulingIgnoredDuringExecution(preferred);
  }

  /** A list that is null is as good as absent, which asks for nothing. */
  private static <T> List<T> orNone(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static boolean empty(NodeSelectorTerm term) {
    return orNone(term.getMatchExpressions()).isEmpty() && orNone(term.getMatchFields()).isEmpty();
  }

  private NodeSelectorTerm without(NodeSelectorTerm term, List<String> nodes) {
    if (!label.isEmpty()) {
      List<NodeSelectorRequirement> labels = new ArrayList<>(orNone(term.getMatchExpressions()));
      labels.add(new NodeSelectorRequirement(label, NOT_IN, nodes.stream().map(valueOf).toList()));
      term.setMatchExpressions(labels);
      return term;
    }
    List<NodeSelectorRequirement> fields = new ArrayList<>(orNone(term.getMatchFields()));
    for (String node : nodes) {
      // Kubernetes allows one name in each
      fields.add(new NodeSelectorRequirement("metadata.name", NOT_IN, List.of(node)));
    }
    term.setMatchFields(fields);
    return term;
  }
}
