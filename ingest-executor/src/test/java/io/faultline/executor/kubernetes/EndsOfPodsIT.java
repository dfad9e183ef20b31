package io.faultline.executor.kubernetes;

import static io.faultline.executor.kubernetes.ScriptedKubelet.status;
import static io.faultline.executor.kubernetes.ScriptedKubelet.terminated;
import static io.faultline.executor.kubernetes.ScriptedKubelet.unschedulable;
import static io.faultline.executor.kubernetes.ScriptedKubelet.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.domain.evidence.PodCondition;
import io.faultline.executor.cluster.Observation;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodOrders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The table of ends: what a kubelet says, and the evidence that becomes of it. */
class EndsOfPodsIT extends OnMockApi {

  private final PodOrder order = PodOrders.of(PodOrders.shell("exit 1"));

  @BeforeEach
  void begin() throws Exception {
    open();
    create(order);
  }

  private Evidence after(PodStatus status) {
    kubelet.bind(kubelet.pod(order));
    kubelet.status(kubelet.pod(order), status);
    return seen.failure(order.runId());
  }

  @Test
  void anExitCodeIsTheContainersFailure() {
    Evidence evidence = after(terminated(74, "Error", "no input"));
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.POD_FAILED);
    assertThat(evidence.internalCause()).isNull();
    assertThat(evidence.node()).isEqualTo(ScriptedKubelet.NODE);
    assertThat(evidence.containers().get(0).image()).isEqualTo("app:1");
    assertThat(evidence.containers().get(0).termination().exitCode()).isEqualTo(74);
    assertThat(evidence.containers().get(0).termination().message()).isEqualTo("no input");
    assertThat(seen.of(order.runId()).stream().map(Object::getClass))
        .contains(Observation.Running.class);
  }

  @Test
  void aStatusThatWasEditedByHandIsAnIssueOfItsOwn() {
    Evidence evidence =
        after(
            new PodStatusBuilder(terminated(1, "Error", ""))
                .editContainerStatus(0)
                .editState()
                .editTerminated()
                .withExitCode(null)
                .withFinishedAt("yesterday")
                .endTerminated()
                .endState()
                .endContainerStatus()
                .build());
    assertThat(evidence.internalCause()).isEqualTo(InternalCause.ISSUE_HANDLER_ERROR);
    assertThat(evidence.podError()).contains("exitCode");
  }

  @Test
  void aPhaseThatIsNoneChangesNothing() {
    start(order);
    kubelet.status(kubelet.pod(order), status("Confused").build());
    assertThat(after(terminated(3, "Error", "")).containers().get(0).termination().exitCode())
        .isEqualTo(3);
  }

  @Test
  void aPodThatSucceededWithoutStatusesOfContainersHasSucceeded() {
    kubelet.status(kubelet.pod(order), status("Succeeded").build());
    assertThat(seen.end(order.runId())).isInstanceOf(Observation.Succeeded.class);
  }

  @Test
  void theDocumentedCommandTakesOffTheFinalizerOfARemovedInstallation() throws Exception {
    cluster.close();
    String doc = Files.readString(Path.of("..", "docs", "executor-kubernetes.md"));
    Matcher patch = Pattern.compile("--type=merge -p '([^']+)'").matcher(doc);
    assertThat(patch.find()).isTrue();
    assertThat(doc).contains("-l " + PodMarks.EXECUTOR + "=EXECUTOR");
    var pods = client.pods().inNamespace("default");
    assertThat(pods.withLabel(PodMarks.EXECUTOR, "executor-1").list().getItems()).hasSize(1);
    pods.withName(order.request().podName()).delete();
    assertThat(kubelet.pod(order)).isNotNull();
    pods.withName(order.request().podName())
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch.group(1));
    assertThat(kubelet.pod(order)).isNull();
  }

  @Test
  void outOfMemoryKeepsItsReason() {
    assertThat(after(terminated(137, "OOMKilled", "")).containers().get(0).termination().reason())
        .isEqualTo("OOMKilled");
  }

  @Test
  void anEvictionIsThePodsReason() {
    Evidence evidence =
        after(status("Failed").withReason("Evicted").withMessage("low on memory").build());
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.POD_FAILED);
    assertThat(evidence.podReason()).isEqualTo("Evicted");
    assertThat(evidence.podMessage()).isEqualTo("low on memory");
  }

  @Test
  void aDeadlineIsFoundByTheSystem() {
    Evidence evidence = after(status("Failed").withReason("DeadlineExceeded").build());
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.POD_ISSUE);
    assertThat(evidence.internalCause()).isEqualTo(InternalCause.ACTIVE_DEADLINE);
  }

  @Test
  void anAdmissionRejectionHasNeitherStatusesNorConditions() {
    Evidence evidence =
        after(
            status("Failed")
                .withReason("UnexpectedAdmissionError")
                .withMessage("Allocate failed due to no GPU")
                .build());
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.POD_ISSUE);
    assertThat(evidence.podReason()).isEqualTo("UnexpectedAdmissionError");
    assertThat(evidence.containers()).isEmpty();
  }

  @Test
  void aPreemptionIsItsOwnKind() {
    Evidence evidence =
        after(
            status("Failed")
                .addNewCondition()
                .withType("DisruptionTarget")
                .withStatus("True")
                .withReason("PreemptionByScheduler")
                .endCondition()
                .build());
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.PREEMPTED);
  }

  @Test
  void anImageThatCannotBePulledReturnsTheLease() {
    kubelet.bind(kubelet.pod(order));
    kubelet.status(kubelet.pod(order), waiting("ImagePullBackOff", "manifest unknown"));
    await().until(() -> new PodView(kubelet.pod(order)).deleted());
    // what a kubelet says of a container that never ran
    kubelet.status(kubelet.pod(order), terminated(137, "ContainerStatusUnknown", ""));
    Evidence evidence = seen.failure(order.runId());
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.LEASE_RETURNED);
    assertThat(evidence.podError()).contains("ImagePullBackOff").contains("manifest unknown");
    assertThat(evidence.failedContainers()).isEmpty();
    assertThat(evidence.containers().get(0).lastTermination().exitCode()).isEqualTo(137);
  }

  @Test
  void aPodThatNoNodeTakesIsGivenUp() {
    kubelet.status(kubelet.pod(order), unschedulable());
    Evidence evidence = seen.failure(order.runId());
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.POD_ISSUE);
    assertThat(evidence.podReason()).isEqualTo("Unschedulable");
    assertThat(evidence.podError()).contains("0/1 nodes are available");
  }

  @Test
  void aPodThatVanishesIsMissing() {
    start(order);
    vanish(order);
    Evidence evidence = seen.failure(order.runId());
    assertThat(evidence.internalCause()).isEqualTo(InternalCause.POD_MISSING);
    assertThat(cluster.runs()).containsExactly(order.runId());
    cluster.reported(order.runId());
    assertThat(cluster.runs()).isEmpty();
  }

  @Test
  void aPodThatSomeoneDeletesIsTold() {
    start(order);
    delete(order);
    kubelet.status(kubelet.pod(order), status("Failed").build());
    assertThat(seen.failure(order.runId()).internalCause())
        .isEqualTo(InternalCause.EXTERNALLY_DELETED);
  }

  @Test
  void aPodThatItsNodeNeverEndsIsStuck() {
    start(order);
    delete(order);
    api.ahead = Duration.ofMinutes(2);
    Evidence evidence = seen.failure(order.runId());
    assertThat(evidence.internalCause()).isEqualTo(InternalCause.STUCK_TERMINATING);
    assertThat(evidence.podError()).contains(ScriptedKubelet.NODE);
  }

  @Test
  void aLostNodeIsThePodsReason() {
    start(order);
    delete(order);
    kubelet.status(
        kubelet.pod(order),
        status("Running")
            .addNewCondition()
            .withType("DisruptionTarget")
            .withStatus("True")
            .withReason("DeletionByTaintManager")
            .endCondition()
            .build());
    api.ahead = Duration.ofMinutes(2);
    Evidence evidence = seen.failure(order.runId());
    assertThat(evidence.internalCause()).isEqualTo(InternalCause.STUCK_TERMINATING);
    assertThat(evidence.podReason()).isEqualTo("DeletionByTaintManager");
  }

  @Test
  void anEvictionByTheApiHasTheSameReasonAsAKubelets() {
    Evidence evidence =
        after(
            status("Failed")
                .addNewCondition()
                .withType("DisruptionTarget")
                .withStatus("True")
                .withReason("EvictionByEvictionAPI")
                .endCondition()
                .build());
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.POD_FAILED);
    assertThat(evidence.podReason()).isEqualTo("Evicted");
    assertThat(evidence.conditions())
        .containsExactly(new PodCondition("DisruptionTarget", "True", "EvictionByEvictionAPI", ""));
  }

  @Test
  void aConditionOfAControllerOfTheUsersIsEvidenceAndThoseOfEveryPodAreNot() {
    Evidence evidence =
        after(
            new PodStatusBuilder(terminated(1, "Error", ""))
                .addNewCondition()
                .withType("Ready")
                .withStatus("False")
                .endCondition()
                .addNewCondition()
                .withType("example.com/ConfigIssue")
                .withStatus("True")
                .withMessage("no such file")
                .endCondition()
                .build());
    assertThat(evidence.conditions())
        .containsExactly(new PodCondition("example.com/ConfigIssue", "True", "", "no such file"));
  }

  @Test
  void anImageNameThatIsNoneIsGivenUpAtOnce() {
    kubelet.bind(kubelet.pod(order));
    kubelet.status(kubelet.pod(order), waiting("InvalidImageName", "no such reference"));
    await().until(() -> new PodView(kubelet.pod(order)).deleted());
    kubelet.status(kubelet.pod(order), status("Failed").build());
    Evidence evidence = seen.failure(order.runId());
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.POD_ISSUE);
    assertThat(evidence.internalCause()).isEqualTo(InternalCause.JOB_CREATION_FAILED);
  }

  @Test
  void theFinalizerGoesOnceTheEndIsReported() {
    after(terminated(1, "Error", ""));
    assertThat(PodMarks.kept(kubelet.pod(order))).isTrue();
    cluster.reported(order.runId());
    await().until(() -> !PodMarks.kept(kubelet.pod(order)));
    cluster.delete(order.runId());
    await().until(() -> kubelet.pod(order) == null);
  }
}
