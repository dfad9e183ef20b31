package io.faultline.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.faultline.domain.resources.Amount;
import io.faultline.domain.resources.Growth;
import io.faultline.domain.retry.GrantedGrowth;
import io.faultline.domain.retry.RunMutations;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodOrders;
import io.faultline.executor.cluster.PodRefused;
import io.faultline.executor.cluster.Room;
import io.faultline.executor.pod.BrokenSpecs;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodMakerTest {

  private static final String MEMORY =
      ",\"resources\":{\"requests\":{\"memory\":\"100Mi\",\"cpu\":\"1\"},"
          + "\"limits\":{\"memory\":\"200Mi\"}}";

  private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();
  private static final RunMutations MUTATIONS = PodOrders.grown(List.of("a"), "1.5");

  private final PodMaker maker = new PodMaker("executor-1", OtherNodes.BY_NAME, KUBERNETES);

  private static PodOrder order(String fields, RunMutations mutations) {
    return PodOrders.of(PodOrders.shell("exit 0", MEMORY, fields), mutations);
  }

  @Test
  void memoryGrowsInRequestsAndLimitsAndInWhatIsTakenOfTheRoom() throws Exception {
    Pod pod = maker.make(order("", PodOrders.grown(List.of(), "1.5")));
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
    Pod pod = maker.make(order(own, new RunMutations(List.of("a", "b"), List.of(), List.of())));
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
  void otherNodesArePreferredBesideWhatTheJobPrefers() throws Exception {
    String own =
        ",\"affinity\":{\"nodeAffinity\":{\"preferredDuringSchedulingIgnoredDuringExecution\":"
            + "[{\"weight\":7,\"preference\":{\"matchExpressions\":"
            + "[{\"key\":\"disk\",\"operator\":\"In\",\"values\":[\"ssd\"]}]}}]}}";
    Pod pod = maker.make(order(own, new RunMutations(List.of(), List.of("a"), List.of())));
    var affinity = pod.getSpec().getAffinity().getNodeAffinity();
    assertThat(affinity.getRequiredDuringSchedulingIgnoredDuringExecution()).isNull();
    var preferred = affinity.getPreferredDuringSchedulingIgnoredDuringExecution();
    assertThat(preferred).hasSize(2);
    assertThat(preferred.get(1).getWeight()).isEqualTo(100);
    assertThat(preferred.get(1).getPreference().getMatchFields())
        .containsExactly(new NodeSelectorRequirement("metadata.name", "NotIn", List.of("a")));
  }

  @Test
  void nodesAreToldApartByALabelWhereTheSettingsNameOne() throws Exception {
    OtherNodes byLabel = new OtherNodes("kubernetes.io/hostname", node -> node + ".example");
    Pod pod =
        new PodMaker("executor-1", byLabel, KUBERNETES)
            .make(order("", new RunMutations(List.of("a", "b"), List.of("c"), List.of())));
    var affinity = pod.getSpec().getAffinity().getNodeAffinity();
    assertThat(
            affinity
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTerms()
                .get(0)
                .getMatchExpressions())
        .containsExactly(
            new NodeSelectorRequirement(
                "kubernetes.io/hostname", "NotIn", List.of("a.example", "b.example")));
    assertThat(
            affinity
                .getPreferredDuringSchedulingIgnoredDuringExecution()
                .get(0)
                .getPreference()
                .getMatchExpressions())
        .containsExactly(
            new NodeSelectorRequirement("kubernetes.io/hostname", "NotIn", List.of("c.example")));
  }

  @Test
  void cpuStorageAndTheDeadlineGrowOfTheContainersThatAskForThem() throws Exception {
    List<GrantedGrowth> growths =
        Stream.of(Amount.CPU, Amount.EPHEMERAL_STORAGE, Amount.ACTIVE_DEADLINE)
            .map(amount -> new Growth.Factor(amount, "1.5", null))
            .map(growth -> new GrantedGrowth(growth, "p", "r", 0))
            .toList();
    Pod pod =
        maker.make(
            order(
                ",\"activeDeadlineSeconds\":15", new RunMutations(List.of(), List.of(), growths)));
    var resources = pod.getSpec().getContainers().get(0).getResources();
    assertThat(resources.getRequests().get("cpu")).isEqualTo(new Quantity("1500m"));
    assertThat(resources.getRequests()).doesNotContainKey("ephemeral-storage");
    assertThat(bytes(resources.getRequests())).isEqualTo(100 << 20);
    assertThat(pod.getSpec().getActiveDeadlineSeconds()).isEqualTo(23);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'containers': [null]} | spec.containers[0]: is null",
        "{'containers': [{'name': 'a'}], 'initContainers': [null]} | spec.initContainers[0]: is null",
        "{'containers': [{'name': 'a', 'args': ['x', null]}]} |"
            + " spec.containers[0].args[1]: is null",
        "{'containers': [{'name': 'a'}], 'affinity': {'nodeAffinity':"
            + " {'requiredDuringSchedulingIgnoredDuringExecution': {'nodeSelectorTerms': [null]}}}} |"
            + " nodeSelectorTerms[0]: is null",
      })
  void anItemThatIsNullIsRefusedByPlace(String spec, String message) {
    assertThatThrownBy(() -> maker.make(PodOrders.of(spec.replace('\'', '"'))))
        .isInstanceOf(PodRefused.class)
        .hasMessageContaining(message);
  }

  @Test
  void aListThatIsNullIsAsGoodAsAbsent() throws Exception {
    String spec = PodOrders.shell("exit 0", MEMORY, "");
    String nulls =
        PodOrders.shell(
            "exit 0", MEMORY + ",\"env\":null", ",\"initContainers\":null,\"affinity\":null");
    for (RunMutations mutations : List.of(RunMutations.NONE, MUTATIONS)) {
      Pod pod = maker.make(PodOrders.of(nulls, mutations));
      Pod same = maker.make(PodOrders.of(spec, mutations));
      assertThat(KUBERNETES.asJson(pod.getSpec())).isEqualTo(KUBERNETES.asJson(same.getSpec()));
      assertThat(PodMaker.needs(pod)).isEqualTo(PodMaker.needs(same));
    }
  }

  /** What else was thrown would have an executor meet the same request for ever. */
  @Test
  void whateverIsWrongInASpecItIsRefusedOrLeftToTheServer() throws Exception {
    String spec =
        PodOrders.shell(
            "exit 0",
            MEMORY + ",\"env\":[{\"name\":\"A\",\"value\":\"1\"}]",
            """
            ,"restartPolicy":"Never","overhead":{"cpu":"1m"},"tolerations":[{"key":"a"}],
            "initContainers":[{"name":"init","restartPolicy":"Always",
              "resources":{"requests":{"memory":"1Mi"},"limits":{"cpu":"1"}}}],
            "affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":
              {"nodeSelectorTerms":[{"matchExpressions":[{"key":"d","operator":"Exists"}],
                "matchFields":[{"key":"metadata.name","operator":"In","values":["n"]}]}]}}}
            """);
    int made = 0;
    int refused = 0;
    for (String broken : BrokenSpecs.of(spec)) {
      try {
        PodMaker.needs(maker.make(PodOrders.of(broken, MUTATIONS)));
        made++;
      } catch (PodRefused e) {
        assertThat(e.why()).isEqualTo(PodRefused.Why.NEVER);
        refused++;
      }
    }
    assertThat(made).isPositive();
    assertThat(refused).isPositive();
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

  /** A manifest's template is what JobSet would make of it, and our own marks stay. */
  @Test
  void aPodOfASetIsMadeAsJobSetMakesIt() throws Exception {
    PodOrder order =
        PodOrders.ofSet(
            PodOrders.shell(
                "exit 0",
                ",\"env\":[{\"name\":\"RANK\",\"value\":\"$(FAULTLINE_SET_INDEX)\"}]",
                ",\"restartPolicy\":\"OnFailure\",\"hostname\":\"x\",\"subdomain\":\"y\","
                    + "\"initContainers\":[{\"name\":\"init\","
                    + "\"env\":[{\"name\":\"JOB_COMPLETION_INDEX\",\"value\":\"mine\"}]}]"));
    Pod pod = maker.make(order);
    assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
    assertThat(pod.getSpec().getHostname()).isEqualTo("train-workers-2-1");
    assertThat(pod.getSpec().getSubdomain()).isEqualTo("net");
    String setId = order.request().group().setId();
    assertThat(environment(pod.getSpec().getContainers().get(0)))
        .containsExactly(
            "FAULTLINE_SET_ID=" + setId,
            "FAULTLINE_SET_INDEX=6",
            "FAULTLINE_GENERATION=4",
            "JOB_COMPLETION_INDEX=1",
            "RANK=$(FAULTLINE_SET_INDEX)");
    assertThat(environment(pod.getSpec().getInitContainers().get(0)))
        .contains("FAULTLINE_SET_INDEX=6", "JOB_COMPLETION_INDEX=mine")
        .doesNotContain("JOB_COMPLETION_INDEX=1");
    Map<String, String> labels = pod.getMetadata().getLabels();
    assertThat(labels)
        .containsEntry("team", "a")
        .containsEntry("job-name", "train-workers-2")
        .containsEntry("batch.kubernetes.io/job-completion-index", "1")
        .containsEntry("jobset.sigs.k8s.io/jobset-name", "train")
        .containsEntry("jobset.sigs.k8s.io/job-global-index", "3")
        .containsEntry("jobset.sigs.k8s.io/restart-attempt", "4")
        .containsEntry(PodMarks.RUN_ID, order.runId());
    assertThat(pod.getMetadata().getAnnotations())
        .containsEntry("note", "b")
        .containsEntry("jobset.sigs.k8s.io/job-restart-attempt", "3")
        .containsEntry(PodMarks.RUN_ID, order.runId());
    assertThat(PodMarks.run(pod, "executor-1")).contains(order.runId());
  }

  private static List<String> environment(Container container) {
    return container.getEnv().stream().map(env -> env.getName() + "=" + env.getValue()).toList();
  }
}
