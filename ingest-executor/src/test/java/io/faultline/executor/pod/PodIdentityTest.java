package io.faultline.executor.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.job.JobSpec;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodOrders;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodIdentityTest {

  @Test
  void aPodOfNoSetIsWhatItsJobSaysAndNoMore() {
    PodOrder order = PodOrders.of("{}");
    assertThat(PodIdentity.of(order))
        .isEqualTo(
            new PodIdentity(order.spec().labels(), order.spec().annotations(), "", "", Map.of()));
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 0", "2, 0, 1", "3, 1, 0", "4, 1, 1", "5, 2, 0", "6, 2, 1"})
  void thePodsOfATemplateAreCountedByReplicaAndThenByPod(int index, int replica, int pod) {
    PodIdentity identity = PodIdentity.of(PodOrders.ofSet("{}", index));
    assertThat(identity.hostname()).isEqualTo("train-workers-" + replica + "-" + pod);
    assertThat(identity.subdomain()).isEqualTo("net");
    assertThat(identity.labels())
        .containsEntry("jobset.sigs.k8s.io/job-index", String.valueOf(replica));
    assertThat(identity.variables())
        .containsEntry("JOB_COMPLETION_INDEX", String.valueOf(pod))
        .containsEntry("FAULTLINE_SET_INDEX", String.valueOf(index))
        .containsEntry("FAULTLINE_GENERATION", "4")
        .doesNotContainKey("FAULTLINE_SET_SIZE");
  }

  @ParameterizedTest
  @CsvSource({
    "faultline.io/gangCardinality, 8, 8",
    "armadaproject.io/gangCardinality, 8, 8",
    "faultline.io/gangCardinality, many,",
    "faultline.io/gangCardinality, 0,",
    "faultline.io/gangId, 8,",
  })
  void aJobOfAGangKnowsItsSizeWhereItSaysIt(String annotation, String value, String size) {
    PodOrder order = PodOrders.ofSet("{}");
    PodIdentity identity =
        PodIdentity.of(new PodOrder(order.request(), annotated(Map.of(annotation, value))));
    assertThat(identity.variables().get("FAULTLINE_SET_SIZE")).isEqualTo(size);
    assertThat(identity.variables()).containsEntry("FAULTLINE_SET_INDEX", "6");
    assertThat(identity.hostname()).isEmpty();
    assertThat(identity.labels()).isEqualTo(Map.of("team", "a"));
  }

  private static JobSpec annotated(Map<String, String> annotations) {
    JobSpec spec = PodOrders.of("{}").spec();
    return new JobSpec(
        spec.job(),
        spec.owner(),
        spec.clientId(),
        spec.namespace(),
        spec.priority(),
        spec.labels(),
        annotations,
        spec.podSpec(),
        spec.submittedAt());
  }
}
