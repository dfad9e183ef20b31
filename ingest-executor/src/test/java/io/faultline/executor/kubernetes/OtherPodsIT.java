package io.faultline.executor.kubernetes;

import static io.faultline.executor.kubernetes.ScriptedKubelet.terminated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.EventListBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.JobError;
import io.faultline.executor.cluster.Observations;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodOrders;
import io.faultline.executor.kubernetes.OthersSettings.Mapping;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pods that others made are watched, their failures told once with the same ids, and no more. */
class OtherPodsIT {

  private static final Map<String, String> ARMADA =
      Map.of(
          "armada_job_id", "01f3j0g1md4qx7z5qb148qnh4d",
          "armada_queue_id", "research",
          "armada_pod_number", "0",
          "armada_job_run_id", "5c0e9a2a-0000-4000-8000-000000000001");

  private final MockApi api = new MockApi();
  private final OthersApi made = new OthersApi(api);
  private final Queue<JobError> errors = new ConcurrentLinkedQueue<>();
  private final Queue<JobError> refused = new ConcurrentLinkedQueue<>();
  private volatile boolean refuses;
  private KubernetesCluster cluster;
  private OtherPods others;

  private void open(Mapping... mappings) throws Exception {
    open(new OthersSettings(List.of(mappings), List.of(), "", Duration.ofDays(7)));
  }

  private void open(OthersSettings which) throws Exception {
    cluster = api.cluster();
    cluster.watch(new Observations());
    others = cluster.watchOthers(which, this::take);
  }

  private void take(JobError error) {
    if (refuses) {
      refused.add(error);
      throw new IllegalStateException("not now");
    }
    errors.add(error);
  }

  private void restart(Mapping... mappings) throws Exception {
    others.close();
    cluster.close();
    open(mappings);
  }

  @AfterEach
  void close() {
    api.fault = request -> null;
    others.close();
    cluster.close();
    made.close();
    assertThat(made.writes()).as("what was asked of pods that others made").isEmpty();
    api.close();
  }

  private Pod armada(String name, Map<String, String> more) {
    return made.pod(
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace("default")
            .withLabels(ARMADA)
            .addToLabels(more)
            .withAnnotations(Map.of("armada_jobset_id", "nightly", "armada_owner", "ann"))
            .build());
  }

  private Pod ofJob(String name, Map<String, String> annotations) {
    return made.pod(
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace("team-a")
            .withLabels(
                Map.of(
                    "batch.kubernetes.io/job-name", "train",
                    "batch.kubernetes.io/controller-uid", "c0ffee"))
            .withAnnotations(annotations)
            .build());
  }

  private JobError error(Pod pod) {
    String id = pod.getMetadata().getUid() + "/0";
    await().until(() -> errors.stream().anyMatch(e -> e.errorId().equals(id)));
    return errors.stream().filter(e -> e.errorId().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void aFailedPodOfArmadaIsToldWithItsJobAndTheEvidenceOfOneOfOurs() throws Exception {
    open(Mapping.ARMADA);
    Pod pod = armada("armada-01f3-0", Map.of());
    api.fault = request -> eventsOf(pod, request);
    made.status(pod, terminated(74, "Error", "ECC error"));
    JobError error = error(pod);
    assertThat(error.job().jobId()).isEqualTo(ARMADA.get("armada_job_id"));
    assertThat(error.job().queue()).isEqualTo("research");
    assertThat(error.job().jobSet()).isEqualTo("nightly");
    assertThat(error.run().runId()).isEqualTo(pod.getMetadata().getUid());
    assertThat(error.run().index()).isZero();
    assertThat(error.podName()).isEqualTo("armada-01f3-0");
    assertThat(error.namespace()).isEqualTo("default");
    assertThat(error.terminal()).isTrue();
    assertThat(error.evidence().kind()).isEqualTo(EvidenceKind.POD_FAILED);
    assertThat(error.evidence().containers().get(0).termination().exitCode()).isEqualTo(74);
    assertThat(error.evidence().containers().get(0).termination().message()).isEqualTo("ECC error");
    assertThat(error.evidence().events()).extracting("reason").containsExactly("BackOff");
    assertThat(others.count()).isEqualTo(1);
  }

  /** The mock server does not select events by the pod they are about. */
  private static @Nullable MockResponse eventsOf(Pod pod, RecordedRequest request) {
    if (!request.getPath().contains("/events")) {
      return null;
    }
    assertThat(request.getPath()).contains(pod.getMetadata().getUid());
    return MockApi.json(
        200,
        new EventListBuilder()
            .addToItems(
                new EventBuilder()
                    .withNewMetadata()
                    .withName("e1")
                    .endMetadata()
                    .withNewInvolvedObject()
                    .withKind("Pod")
                    .withName(pod.getMetadata().getName())
                    .endInvolvedObject()
                    .withType("Warning")
                    .withReason("BackOff")
                    .withMessage("again and again")
                    .withLastTimestamp("2026-01-01T00:00:00Z")
                    .build())
            .build());
  }

  @Test
  void theRunIndexThatALabelSaysStands() throws Exception {
    open(Mapping.ARMADA);
    Pod pod = armada("armada-01f3-0-4", Map.of("armada_job_run_index", "4"));
    made.status(pod, terminated(1, "Error", ""));
    assertThat(error(pod).run().index()).isEqualTo(4);
  }

  @Test
  void eachPodOfAJobIsARunInTheOrderInWhichTheyWereMade() throws Exception {
    Instant now = Instant.now();
    List<Pod> pods = List.of(ofJob("train-z", Map.of()), ofJob("train-m", Map.of()));
    made.createdAt(pods.get(0), now.minusSeconds(60));
    made.createdAt(pods.get(1), now.minusSeconds(30));
    pods.forEach(pod -> made.status(pod, terminated(1, "Error", "")));
    open(Mapping.JOBS); // lists them by name
    Pod third = ofJob("train-a", Map.of());
    made.createdAt(third, now);
    made.status(third, terminated(2, "Error", ""));
    error(third);
    assertThat(errors)
        .extracting(e -> e.podName(), e -> e.run().index(), e -> e.job().jobId())
        .containsExactlyInAnyOrder(
            tuple("train-z", 0, "c0ffee"),
            tuple("train-m", 1, "c0ffee"),
            tuple("train-a", 2, "c0ffee"));
    assertThat(error(third).job().queue()).isEqualTo("team-a");
    assertThat(error(third).job().jobSet()).isEqualTo("train");
  }

  @Test
  void eachIndexOfAnIndexedJobIsAJobOfItsSet() throws Exception {
    open(Mapping.JOBS);
    for (String index : List.of("0", "1")) {
      Pod pod = ofJob("train-" + index, Map.of("batch.kubernetes.io/job-completion-index", index));
      made.status(pod, terminated(1, "Error", ""));
      assertThat(error(pod).job().jobId()).isEqualTo("c0ffee-" + index);
      assertThat(error(pod).run().index()).isZero();
    }
  }

  @Test
  void afterARestartTheSameFailuresAreToldAgainWithTheSameIdsAndTimes() throws Exception {
    open(Mapping.JOBS);
    Pod pod = ofJob("train-1", Map.of());
    made.status(pod, terminated(1, "Error", ""));
    JobError first = error(pod);
    restart(Mapping.JOBS);
    await().until(() -> errors.size() == 2);
    assertThat(errors).containsExactly(first, first);
  }

  @Test
  void whatEndedWhileNobodyWatchedIsTold() throws Exception {
    open(Mapping.ARMADA);
    Pod pod = armada("armada-01f3-0", Map.of());
    await().until(() -> others.count() == 1);
    others.close();
    cluster.close();
    made.status(pod, terminated(3, "Error", ""));
    open(Mapping.ARMADA);
    assertThat(error(pod).evidence().containers().get(0).termination().exitCode()).isEqualTo(3);
  }

  @Test
  void aServerThatWasAwayIsListedAgainAndNothingIsToldTwice() throws Exception {
    open(Mapping.ARMADA);
    Pod before = armada("armada-1", Map.of());
    made.status(before, terminated(1, "Error", ""));
    error(before);
    Pod during = armada("armada-2", Map.of());
    api.stop();
    api.restart();
    made.status(during, terminated(2, "Error", ""));
    error(during);
    assertThat(errors).hasSize(2);
  }

  @Test
  void aFailedPodThatIsDeletedBeforeItsFailureIsSafeIsStillTold() throws Exception {
    refuses = true;
    open(Mapping.ARMADA);
    Pod pod = armada("armada-01f3-0", Map.of());
    made.status(pod, terminated(9, "Error", ""));
    await().until(() -> !refused.isEmpty());
    made.delete(pod);
    refuses = false;
    assertThat(error(pod).evidence().containers().get(0).termination().exitCode()).isEqualTo(9);
    await().until(() -> others.count() == 0);
    assertThat(errors).hasSize(1);
  }

  @Test
  void aPodThatIsDeletedBeforeItEndedHasNotFailedUnlessItsNodeWasLost() throws Exception {
    open(Mapping.ARMADA);
    Pod cancelled = armada("armada-1", Map.of());
    made.status(cancelled, ScriptedKubelet.status("Running").build());
    Pod lost = armada("armada-2", Map.of());
    made.status(lost, disrupted("DeletionByTaintManager"));
    Pod evicted = armada("armada-3", Map.of());
    made.status(evicted, disrupted("EvictionByEvictionAPI"));
    await().until(() -> others.count() == 3);
    for (Pod pod : List.of(cancelled, lost, evicted)) {
      made.beginDeletion(pod);
      made.release(pod);
    }
    assertThat(error(lost).evidence().podReason()).isEqualTo("DeletionByTaintManager");
    assertThat(error(evicted).evidence().podReason()).isEqualTo("Evicted");
    await().until(() -> others.count() == 0);
    assertThat(errors).hasSize(2);
  }

  private static PodStatus disrupted(String reason) {
    return ScriptedKubelet.status("Running")
        .addNewCondition()
        .withType("DisruptionTarget")
        .withStatus("True")
        .withReason(reason)
        .endCondition()
        .build();
  }

  @Test
  void anotherPodOfTheSameNameIsAnotherRun() throws Exception {
    open(Mapping.ARMADA);
    Pod first = armada("armada-01f3-0", Map.of());
    made.createdAt(first, Instant.now().minusSeconds(60));
    made.status(first, terminated(1, "Error", ""));
    error(first);
    made.delete(first);
    Pod second = armada("armada-01f3-0", Map.of());
    made.status(second, terminated(2, "Error", ""));
    assertThat(error(second).run().index()).isEqualTo(1);
    assertThat(error(second).job()).isEqualTo(error(first).job());
  }

  @Test
  void podsOfOursAndPodsOfNoJobAreNotTaken() throws Exception {
    open(Mapping.ARMADA, Mapping.JOBS);
    PodOrder order = PodOrders.of(PodOrders.shell("exit 1"));
    cluster.create(order);
    await().until(() -> api.made().size() == 1);
    Pod ours = made.named(order.request().podName());
    made.edit(
        ours, p -> new PodBuilder(p).editMetadata().addToLabels(ARMADA).endMetadata().build());
    made.status(ours, terminated(1, "Error", ""));
    Pod nobodys =
        made.pod(new ObjectMetaBuilder().withName("web").withNamespace("default").build());
    made.status(nobodys, terminated(1, "Error", ""));
    Pod last = armada("armada-last", Map.of());
    made.status(last, terminated(1, "Error", ""));
    error(last);
    assertThat(errors).hasSize(1);
    assertThat(others.count()).isEqualTo(1);
    made.ours(ours);
  }

  @Test
  void aMappingOfOnesOwnASelectorAndNamespacesSayWhichPodsAndWhose() throws Exception {
    Mapping mapping =
        new Mapping(
            PodWords.parse("label:workflow, label:step"),
            PodWords.parse("text:argo"),
            PodWords.parse("annotation:run"),
            PodWords.parse("label:attempt"));
    open(new OthersSettings(List.of(mapping), List.of("one"), "team=a", Duration.ofDays(7)));
    for (String place : List.of("two a", "one b", "one a")) {
      Pod pod =
          made.pod(
              new ObjectMetaBuilder()
                  .withName("step-" + place.replace(' ', '-'))
                  .withNamespace(place.split(" ")[0])
                  .withLabels(
                      Map.of(
                          "workflow",
                          "w1",
                          "step",
                          "s2",
                          "attempt",
                          "7",
                          "team",
                          place.split(" ")[1]))
                  .withAnnotations(Map.of("run", "r/1"))
                  .build());
      made.status(pod, terminated(1, "Error", ""));
    }
    await().until(() -> !errors.isEmpty());
    assertThat(errors)
        .extracting(
            e -> e.podName(),
            e -> e.job().jobId(),
            e -> e.job().queue(),
            e -> e.job().jobSet(),
            e -> e.run().index())
        .containsExactly(tuple("step-one-a", "w1-s2", "argo", "r/1", 7));
  }

  @Test
  void whatEndedLongAgoWhenItIsSeenFirstIsPassedOver() throws Exception {
    Pod old = armada("armada-old", Map.of());
    made.status(old, endedAt(Instant.now().minus(Duration.ofDays(8))));
    Pod recent = armada("armada-recent", Map.of());
    made.status(recent, endedAt(Instant.now().minus(Duration.ofDays(6))));
    open(Mapping.ARMADA);
    error(recent);
    await().until(() -> others.count() == 2);
    others.close(); // when all looks are over
    assertThat(errors).hasSize(1);
  }

  private static PodStatus endedAt(Instant at) {
    return new PodStatusBuilder(terminated(1, "Error", ""))
        .editFirstContainerStatus()
        .editState()
        .editTerminated()
        .withFinishedAt(at.toString())
        .endTerminated()
        .endState()
        .endContainerStatus()
        .build();
  }
}
