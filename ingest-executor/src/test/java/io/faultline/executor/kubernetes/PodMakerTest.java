package io.faultline.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.faultline.domain.retry.Mutations;
import io.faultline.domain.retry.RunMutations;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodOrders;
import io.faultline.executor.cluster.Room;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodMakerTest {

  private static final String MEMORY =
      ",\"resources\":{\"requests\":{\"memory\":\"100Mi\",\"cpu\":\"1\"},"
          + "\"limits\":{\"memory\":\"200Mi\"}}";

  private final PodMaker maker = new PodMaker("executor-1", new KubernetesSerialization());

  private static PodOrder order(String fields, RunMutations mutations) {
    return PodOrders.of(PodOrders.shell("exit 0", MEMORY, fields), mutations);
  }

  @Test
  void memoryGrowsInRequestsAndLimitsAndInWhatIsTakenOfTheRoom() throws Exception {
    Pod pod =
        maker.make(order("", new RunMutations(List.of(), List.of(new Mutations.Factor("1.5")))));
    var resources = pod.getSpec().getContainers().get(0).getResources();
    assertThat(bytes(resources.getRequests())).isEqualTo(150 << 20);
    assertThat(bytes(resources.getLimits())).isEqualTo(300 << 20);
    assertThat(resources.getRequests().get("cpu")).isEqualTo(new Quantity("1"));
    assertThat(PodMaker.needs(pod)).isEqualTo(new Room(1, 1000, 150 << 20));
  }

  private static int bytes(Map<String, Quantity> amounts) {
    return Quantity.getAmountInBytes(amounts.get("memory")).intValueExact();
  }

  @Test
  void nodesAreAvoidedInEachOfTheJobsOwnAlternatives() throws Exception {
    String own =
        ",\"affinity\":{\"nodeAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":"
            + "{\"nodeSelectorTerms\":[{\"matchExpressions\":"
            + "[{\"key\":\"disk\",\"operator\":\"In\",\"values\":[\"ssd\"]}]},{}]}}}";
    Pod pod = maker.make(order(own, new RunMutations(List.of("a", "b"), List.of())));
    var terms =
        pod.getSpec()
            .getAffinity()
            .getNodeAffinity()
            .getRequiredDuringSchedulingIgnoredDuringExecution()
            .getNodeSelectorTerms();
    assertThat(terms.get(0).getMatchExpressions()).hasSize(1);
    assertThat(terms.get(0).getMatchFields())
        .containsExactly(
            new NodeSelectorRequirement("metadata.name", "NotIn", List.of("a")),
            new NodeSelectorRequirement("metadata.name", "NotIn", List.of("b")));
    // an alternative that asks for nothing matches no node, and must not begin to
    assertThat(terms.get(1).getMatchFields()).isEmpty();
  }

  @Test
  void whatAJobSaysOfItselfDoesNotPassForOurs() throws Exception {
    Pod pod = maker.make(order("", RunMutations.NONE));
    assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
    assertThat(pod.getMetadata().getLabels()).containsEntry("team", "a");
    assertThat(pod.getMetadata().getFinalizers()).containsExactly(PodMarks.FINALIZER);
    assertThat(PodMarks.run(pod, "executor-1")).isPresent();
    assertThat(PodMarks.run(pod, "executor-2")).isEmpty();
  }
}
