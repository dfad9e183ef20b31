package io.faultline.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.group.Fence;
import io.faultline.domain.group.GroupAction;
import io.faultline.domain.group.GroupMember;
import io.faultline.domain.group.JobRestarts;
import io.faultline.domain.group.ReplicatedJob;
import io.faultline.domain.watched.WatchedFailure;
import io.faultline.domain.watched.WatchedSet;
import io.faultline.executor.cluster.Observations;
import io.faultline.executor.kubernetes.OthersSettings.Mapping;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs and JobSets of others are watched, their failures told once, and nothing is written. */
class OtherJobsIT {

  private final Instant failedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private static final String OWN_POLICY =
      "{maxRestarts: 3, restartStrategy: InPlaceRestart,"
          + " rules: [{name: again, action: RestartJobSet}]}";

  private final MockApi api = new MockApi();
  private final KubernetesClient client = api.client();
  private final OthersApi made = new OthersApi(api);
  private final Queue<WatchedFailure> told = new ConcurrentLinkedQueue<>();
  private final Queue<JobError> errors = new ConcurrentLinkedQueue<>();
  private volatile boolean refuses;
  private final AtomicInteger refused = new AtomicInteger();
  private KubernetesCluster cluster;
  private OtherPods pods;
  private OtherJobs jobs;

  private void open() throws IOException {
    OthersSettings which =
        new OthersSettings(List.of(Mapping.JOBS), List.of(), "", Duration.ofDays(7), true);
    cluster = api.cluster();
    cluster.watch(new Observations());
    pods = cluster.watchOthers(which, errors::add);
    jobs = cluster.watchJobs(which, this::take);
  }

  private void take(List<WatchedFailure> failures) {
    if (refuses) {
      refused.incrementAndGet();
      throw new IllegalStateException("not now");
    }
    told.addAll(failures);
  }

  private void closeThem() {
    if (jobs != null) {
      jobs.close();
      jobs = null;
    }
    if (pods != null) {
      pods.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @AfterEach
  void close() {
    api.fault = request -> null;
    closeThem();
    client.close();
    made.close();
    assertThat(made.writes()).as("what was asked for besides reading").isEmpty();
    api.close();
  }

  private GenericKubernetesResource jobSet(String name, String annotations, String policy) {
    return client
        .genericKubernetesResources(OtherJobSets.KIND)
        .inNamespace("default")
        .resource(
            client
                .getKubernetesSerialization()
                .unmarshal(
                    """
                    apiVersion: jobset.x-k8s.io/v1alpha2
                    kind: JobSet
                    metadata: {name: NAME, namespace: default, annotations: ANNOTATIONS}
                    spec:
                      failurePolicy: POLICY
                      replicatedJobs: [{name: leader}, {name: workers, replicas: 4}]
                    status:
                      restarts: 2
                      restartsCountTowardsMax: 1
                      replicatedJobsStatus:
                        - {name: workers, jobRestarts: [0, 3], jobRestartsCountTowardsMax: [0, 2]}
                    """
                        .replace("NAME", name)
                        .replace("ANNOTATIONS", annotations)
                        .replace("POLICY", policy),
                    GenericKubernetesResource.class))
        .create();
  }

  private Job job(String name, Map<String, String> labels) {
    return client
        .resource(
            new JobBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withBackoffLimit(2)
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .endSpec()
                .endTemplate()
                .endSpec()
                .build())
        .create();
  }

  private Job ofSet(String set, String replicatedJob, int index) {
    return job(
        set + "-" + replicatedJob + "-" + index,
        Map.of(
            OtherSets.SET_NAME,
            set,
            OtherSets.REPLICATED_JOB,
            replicatedJob,
            OtherSets.JOB_INDEX,
            Integer.toString(index),
            OtherSets.GENERATION,
            "2"));
  }

  private void fails(Job job, String type, String reason) {
    fails(job, type, reason, failedAt);
  }

  private void fails(Job job, String type, String reason, Instant at) {
    client
        .batch()
        .v1()
        .jobs()
        .inNamespace("default")
        .withName(job.getMetadata().getName())
        .editStatus(
            j ->
                new JobBuilder(j)
                    .editOrNewStatus()
                    .withStartTime(failedAt.minusSeconds(60).toString())
                    .addNewCondition()
                    .withType(type)
                    .withStatus("True")
                    .withReason(reason)
                    .withMessage("said by its controller")
                    .withLastTransitionTime(at.toString())
                    .endCondition()
                    .endStatus()
                    .build());
  }

  private WatchedFailure told(Job job) {
    String uid = job.getMetadata().getUid();
    await().until(() -> told.stream().anyMatch(failure -> failure.id().equals(uid)));
    return told.stream().filter(failure -> failure.id().equals(uid)).findFirst().orElseThrow();
  }

  @Test
  void aFailedJobOfAJobSetIsToldWithItsPlaceItsSetAndItsPolicy() throws Exception {
    GenericKubernetesResource set = jobSet("train", "{}", OWN_POLICY);
    open();
    Job job = ofSet("train", "workers", 1);
    fails(job, "FailureTarget", "BackoffLimitExceeded");

    WatchedFailure failure = told(job);
    assertThat(failure.member().job().recordKey()).isEqualTo("default/train");
    assertThat(failure.member().member())
        .isEqualTo(new GroupMember("train-workers-1", "workers", 1));
    assertThat(failure.member().fence()).isEqualTo(new Fence(2, 0));
    assertThat(failure.member().reason()).isEqualTo("BackoffLimitExceeded");
    assertThat(failure.member().message()).isEqualTo("said by its controller");
    assertThat(failure.member().failedAt()).isEqualTo(failedAt);
    assertThat(failure.member().failedPods()).isEqualTo(3);
    WatchedSet told = failure.set();
    assertThat(told.setId()).isEqualTo(set.getMetadata().getUid());
    assertThat(told.replicatedJobs())
        .containsExactly(new ReplicatedJob("leader", 1), new ReplicatedJob("workers", 4));
    assertThat(told.policy().maxRestarts()).isEqualTo(3);
    assertThat(told.policyProblem()).isEmpty();
    assertThat(told.counters().restarts()).isEqualTo(2);
    assertThat(told.counters().counted()).isEqualTo(1);
    assertThat(told.counters().of(failure.member().member())).isEqualTo(new JobRestarts(3, 2));
  }

  @Test
  void theConditionThatFollowsIsNotToldAgain() throws Exception {
    open();
    Job job = job("alone", Map.of());
    fails(job, "FailureTarget", "DeadlineExceeded");
    told(job);
    fails(job, "Failed", "DeadlineExceeded");
    Job next = job("next", Map.of());
    fails(next, "Failed", "DeadlineExceeded");
    told(next);

    assertThat(told).hasSize(2);
  }

  @Test
  void anAnnotationsPolicyIsTakenAndOneThatCantBeReadIsToldOf() throws Exception {
    jobSet(
        "fine",
        "{faultline.io/failure-policy: '{maxRestarts: 1, rules: [{name: gpu, action: FailJobSet,"
            + " onCategories: [gpu]}]}'}",
        OWN_POLICY);
    jobSet("broken", "{faultline.io/failure-policy: 'rules: [{action: Explode}]'}", OWN_POLICY);
    open();
    Job fine = ofSet("fine", "leader", 0);
    Job broken = ofSet("broken", "leader", 0);
    fails(fine, "Failed", "BackoffLimitExceeded");
    fails(broken, "Failed", "BackoffLimitExceeded");

    assertThat(told(fine).set().policy().rules())
        .singleElement()
        .satisfies(rule -> assertThat(rule.categories()).containsExactly("gpu"));
    assertThat(told(broken).set().policy().rules())
        .singleElement()
        .satisfies(rule -> assertThat(rule.action()).isEqualTo(GroupAction.RESTART_JOB_SET));
    assertThat(told(broken).set().policyProblem())
        .contains("Explode")
        .contains("the JobSet's own is taken");
  }

  @Test
  void aJobThatStandsAloneIsASetOfOne() throws Exception {
    open();
    Job job = job("alone", Map.of());
    fails(job, "Failed", "BackoffLimitExceeded");

    WatchedFailure failure = told(job);
    assertThat(failure.set().kind()).isEqualTo(WatchedSet.Kind.JOB);
    assertThat(failure.set().name()).isEqualTo("alone");
    assertThat(failure.set().policy()).isNull();
    assertThat(failure.member().job().recordKey()).isEqualTo(job.getMetadata().getUid());
  }

  @Test
  void podsOfASetAreToldUnderItsRecordKey() throws Exception {
    open();
    Pod pod =
        made.pod(
            new ObjectMetaBuilder()
                .withName("train-workers-1-0")
                .withNamespace("default")
                .withLabels(
                    Map.of(
                        "batch.kubernetes.io/controller-uid",
                        "c0ffee",
                        "batch.kubernetes.io/job-name",
                        "train-workers-1",
                        OtherSets.SET_NAME,
                        "train"))
                .build());
    made.status(pod, ScriptedKubelet.terminated(74, "Error", "ECC error"));

    await().until(() -> !errors.isEmpty());
    assertThat(errors.peek().job().jobId()).isEqualTo("c0ffee");
    assertThat(errors.peek().job().recordKey()).isEqualTo("default/train");
  }

  @Test
  void afterARestartWhatIsStillThereIsToldAgainUnderTheSameId() throws Exception {
    open();
    Job job = job("alone", Map.of());
    fails(job, "Failed", "BackoffLimitExceeded");
    WatchedFailure before = told(job);
    told.clear();
    closeThem();
    open();

    assertThat(told(job)).isEqualTo(before);
  }

  @Test
  void whatCantBePublishedIsToldLater() throws Exception {
    refuses = true;
    open();
    Job job = job("alone", Map.of());
    fails(job, "Failed", "BackoffLimitExceeded");
    await().until(() -> refused.get() > 1);
    refuses = false;

    told(job);
    assertThat(told).hasSize(1);
  }

  @Test
  void aClusterWithoutJobSetsIsWatchedForJobsAlone() throws Exception {
    api.fault =
        request ->
            request.getPath().contains("jobset.x-k8s.io") ? MockApi.answer(404, "no such") : null;
    open();
    Job job = ofSet("train", "leader", 0);
    fails(job, "Failed", "BackoffLimitExceeded");

    assertThat(told(job).set().name()).isEqualTo("train");
    assertThat(told(job).set().policyProblem()).contains("the JobSet was not seen");
  }

  @Test
  void aClusterThatComesToKnowJobSetsHasThemWatchedThen() throws Exception {
    api.fault =
        request ->
            request.getPath().contains("jobset.x-k8s.io") ? MockApi.answer(404, "no such") : null;
    open();
    api.fault = request -> null;
    jobSet("train", "{}", OWN_POLICY);
    api.ahead = Duration.ofSeconds(31);
    await().until(() -> askedFor("/jobsets") > 1);
    Job job = ofSet("train", "leader", 0);
    fails(job, "Failed", "BackoffLimitExceeded");

    assertThat(told(job).set().policy().maxRestarts()).isEqualTo(3);
  }

  private long askedFor(String path) {
    return api.asked().stream()
        .filter(MockApi::isExecutors)
        .filter(request -> request.getPath().contains(path))
        .count();
  }

  @Test
  void whoMayNotListJobSetsIsToldSoAtTheStart() throws Exception {
    open();
    closeThem();
    api.fault =
        request ->
            MockApi.isExecutors(request) && request.getPath().contains("jobset.x-k8s.io")
                ? MockApi.answer(403, "jobsets is forbidden")
                : null;

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("jobsets can't be listed")
        .hasMessageContaining("forbidden");
  }

  @Test
  void aServerThatGoesAwayAndComesBackIsWatchedAgain() throws Exception {
    jobSet("train", "{}", OWN_POLICY);
    open();
    Job during = ofSet("train", "leader", 0);
    api.stop();
    api.restart();
    fails(during, "Failed", "BackoffLimitExceeded");

    assertThat(told(during).set().policy()).isNotNull();
    assertThat(told).hasSize(1);
  }

  @Test
  void whatFailedWhileNothingWasWatchedIsFoundByTheNextList() throws Exception {
    open();
    api.fault = request -> MockApi.isExecutors(request) ? MockApi.answer(503, "no leader") : null;
    api.stop();
    api.restart();
    Job meanwhile = job("meanwhile", Map.of());
    fails(meanwhile, "Failed", "BackoffLimitExceeded");
    api.fault = request -> null;

    told(meanwhile);
    assertThat(told).hasSize(1);
  }

  @Test
  void aJobAndItsJobSetThatAreDeletedBeforeTheFailureIsSafeAreStillTold() throws Exception {
    GenericKubernetesResource set = jobSet("train", "{}", OWN_POLICY);
    refuses = true;
    open();
    Job job = ofSet("train", "leader", 0);
    fails(job, "Failed", "BackoffLimitExceeded");
    await().until(() -> refused.get() > 0);
    client
        .genericKubernetesResources(OtherJobSets.KIND)
        .inNamespace("default")
        .resource(set)
        .delete();
    client.resource(job).delete();
    refuses = false;

    assertThat(told(job).set().policy().maxRestarts()).isEqualTo(3);
    await().untilAsserted(() -> assertThat(jobs.count()).isZero());
  }

  @Test
  void theCountersAreThoseOfTheGenerationThatFailedThoughItsControllerIsFaster() throws Exception {
    jobSet("train", "{}", OWN_POLICY);
    open();
    client
        .genericKubernetesResources(OtherJobSets.KIND)
        .inNamespace("default")
        .withName("train")
        .edit(
            set -> {
              set.setAdditionalProperty(
                  "status", Map.of("restarts", 3, "restartsCountTowardsMax", 2));
              return set;
            });
    Job last = ofSet("train", "leader", 0);
    fails(last, "Failed", "BackoffLimitExceeded");

    assertThat(told(last).set().counters().restarts()).isEqualTo(2);
    assertThat(told(last).set().counters().counted()).isEqualTo(1);
  }

  @Test
  void whatFailedLongAgoIsPassedOver() throws Exception {
    open();
    Job old = job("old", Map.of());
    fails(old, "Failed", "BackoffLimitExceeded", failedAt.minus(Duration.ofDays(8)));
    Job recent = job("recent", Map.of());
    fails(recent, "Failed", "BackoffLimitExceeded");
    told(recent);

    assertThat(told).hasSize(1);
  }

  @Test
  void whatIsRememberedOfAnObjectIsWhichOneItIs() {
    Job job = job("alone", Map.of("team", "a"));
    GenericKubernetesResource set = jobSet("train", "{}", OWN_POLICY);

    assertThat(OtherJob.key(job).getSpec()).isNull();
    assertThat(OtherJob.key(job).getMetadata().getLabels()).isEmpty();
    assertThat(OtherJob.key(job).getMetadata().getUid()).isEqualTo(job.getMetadata().getUid());
    assertThat(OtherJobSet.key(set).getAdditionalProperties()).isEmpty();
  }
}
