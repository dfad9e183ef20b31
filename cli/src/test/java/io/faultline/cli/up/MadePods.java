package io.faultline.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the pods of runs ask for and avoid, as the API server got them. */
record MadePods(MockCluster cluster) {

  private static final long MI = 1 << 20;

  /** What a run's pod is called. */
  static String name(String job, int run) {
    return "armada-" + job + "-0-" + run;
  }

  /** As it was made. */
  PodSpec spec(String job, int run) {
    return cluster.made(name(job, run)).getSpec();
  }

  /** Memory in MiB: the main container's request and limit, the init container's limit. */
  String memory(String job, int run) {
    PodSpec pod = spec(job, run);
    assertThat(pod.getContainers().get(1).getResources()).as("of the sidecar").isNull();
    ResourceRequirements main = pod.getContainers().get(0).getResources();
    ResourceRequirements init = pod.getInitContainers().get(0).getResources();
    return "%s %s, init %s"
        .formatted(
            mebibytes(main.getRequests().get("memory")),
            mebibytes(main.getLimits().get("memory")),
            mebibytes(init.getLimits().get("memory")));
  }

  private static String mebibytes(Quantity memory) {
    return plain(Quantity.getAmountInBytes(memory).divide(BigDecimal.valueOf(MI)));
  }

  /** The main container's request and limit. */
  List<String> amounts(String job, int run, String resource) {
    ResourceRequirements main = spec(job, run).getContainers().get(0).getResources();
    return List.of(
        plain(Quantity.getAmountInBytes(main.getRequests().get(resource))),
        plain(Quantity.getAmountInBytes(main.getLimits().get(resource))));
  }

  static String gi(double gibibytes) {
    return plain(BigDecimal.valueOf(gibibytes * 1024 * MI));
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  NodeAffinity nodeAffinity(String job, int run) {
    return spec(job, run).getAffinity().getNodeAffinity();
  }

  /** What a pod's node must not be. */
  String avoided(String job, int run) {
    NodeSelector required =
        nodeAffinity(job, run).getRequiredDuringSchedulingIgnoredDuringExecution();
    assertThat(required.getNodeSelectorTerms()).hasSize(1);
    return notIn(required.getNodeSelectorTerms().get(0));
  }

  /** What a pod's node should not be. */
  String preferred(String job, int run) {
    List<PreferredSchedulingTerm> preferred =
        nodeAffinity(job, run).getPreferredDuringSchedulingIgnoredDuringExecution();
    assertThat(preferred).hasSize(1);
    return notIn(preferred.get(0).getPreference());
  }

  private static String notIn(NodeSelectorTerm term) {
    List<NodeSelectorRequirement> all = new ArrayList<>(term.getMatchFields());
    all.addAll(term.getMatchExpressions());
    assertThat(all).extracting(NodeSelectorRequirement::getOperator).containsOnly("NotIn");
    return all.stream()
        .map(r -> r.getKey() + "=" + String.join("|", r.getValues()))
        .collect(Collectors.joining(", "));
  }
}
