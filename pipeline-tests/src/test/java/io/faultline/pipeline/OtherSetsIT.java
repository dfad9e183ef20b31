package io.faultline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultline.app.App;
import io.faultline.app.SettingsReader;
import io.faultline.app.fixture.RealKafka;
import io.faultline.classifier.ClassifierApp;
import io.faultline.classifier.ClassifierSettings;
import io.faultline.decider.DeciderApp;
import io.faultline.decider.DeciderSettings;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.group.GroupOutcome;
import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.watched.WatchedFailure;
import io.faultline.executor.ExecutorApp;
import io.faultline.executor.ExecutorSettings;
import io.faultline.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A JobSet that its own controller runs, from a mock API server through the real executor,
 * classifier and decider to advice, and to nothing else.
 */
class OtherSetsIT {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String SAME = "BackoffLimitExceeded";

  @TempDir private Path folder;
  private final RealKafka kafka = new RealKafka();
  private final OthersCluster cluster = new OthersCluster();
  private final Deque<App> apps = new ArrayDeque<>();

  @AfterEach
  void close() {
    apps.forEach(App::close);
    cluster.close();
    kafka.close();
  }

  private App start(App app) {
    apps.push(app);
    app.start();
    await().atMost(LONG).until(app::ready);
    return app;
  }

  private Map<String, String> settings(String service) {
    return kafka.settings(folder.resolve(service));
  }

  private App executor() throws Exception {
    Map<String, String> settings = settings("executor");
    settings.put("executor.kubernetes.enabled", "true");
    settings.put("executor.kubernetes.kubeconfig", cluster.kubeconfig(folder).toString());
    settings.put("executor.kubernetes.watch.sets", "true");
    settings.put("executor.claims", "false");
    return start(new ExecutorApp(ExecutorSettings.read(SettingsReader.of(settings))));
  }

  private void services() {
    kafka.send(
        Topics.RESOURCES,
        "Categories/default",
        new Resource(
            ResourceKind.CATEGORIES,
            "default",
            1,
            false,
            "{enabled: true, categories: ["
                + "{name: gpu, rules: [{onExitCodes: {operator: In, values: [74]}}]},"
                + "{name: user-error, rules: [{onExitCodes: {operator: In, values: [1]}}]}]}",
            Instant.EPOCH,
            "ann"));
    start(new ClassifierApp(ClassifierSettings.read(SettingsReader.of(settings("classifier")))));
    start(new DeciderApp(DeciderSettings.read(SettingsReader.of(settings("decider")))));
  }

  private void jobSet(String name) {
    cluster.jobSet(
        """
        apiVersion: jobset.x-k8s.io/v1alpha2
        kind: JobSet
        metadata:
          name: NAME
          namespace: default
          annotations:
            faultline.io/failure-policy: |
              maxRestarts: 3
              rules:
                - {name: hardware, action: RestartJobSetAndIgnoreMaxRestarts, onCategories: [gpu]}
                - {name: bug, action: FailJobSet, onCategories: [user-error]}
        spec:
          failurePolicy: {maxRestarts: 1}
          replicatedJobs: [{name: leader}, {name: workers}]
        """
            .replace("NAME", name));
  }

  /** A Job whose one pod failed, as its controller found. */
  private void fails(String set, String replicatedJob, int exitCode, Instant at) {
    String uid = cluster.failedJob(set, replicatedJob, 0, SAME);
    cluster.fail(
        set + "-" + replicatedJob + "-0-0",
        Map.of(
            "batch.kubernetes.io/controller-uid",
            uid,
            "batch.kubernetes.io/job-name",
            set + "-" + replicatedJob + "-0",
            "jobset.sigs.k8s.io/jobset-name",
            set),
        exitCode,
        at);
  }

  private List<DecisionRecord> about(String set) {
    return kafka.read(Topics.DECISIONS).stream()
        .filter(decision -> decision.group() != null && decision.group().setName().equals(set))
        .toList();
  }

  @Test
  void jobsThatFailForOneReasonAreToldApartAndEachSetIsAdvisedOnceAndNothingFollows()
      throws Exception {
    services();
    App executor = executor();
    Instant now = Instant.now();
    jobSet("train");
    jobSet("sweep");
    fails("train", "leader", 74, now.minusSeconds(2));
    fails("train", "workers", 143, now.minusSeconds(1));
    fails("sweep", "leader", 1, now.minusSeconds(2));
    fails("sweep", "workers", 137, now.minusSeconds(1));
    await().atMost(LONG).until(() -> about("train").size() + about("sweep").size(), n -> n == 2);

    executor.close();
    apps.remove(executor);
    executor();
    await().atMost(LONG).until(() -> kafka.read(Topics.WATCHED_FAILURES).size(), n -> n == 8);
    jobSet("later");
    fails("later", "leader", 74, Instant.now());
    await().atMost(LONG).until(() -> about("later").size(), n -> n == 1);

    DecisionRecord train = about("train").get(0);
    assertThat(about("train")).hasSize(1);
    assertThat(train.advice()).isTrue();
    assertThat(train.decision().ruleName()).isEqualTo("hardware");
    assertThat(train.group().outcome()).isEqualTo(GroupOutcome.RESTART_ALL);
    assertThat(train.group().blamed()).isEqualTo("train-leader-0");
    assertThat(train.group().categories()).containsExactly("gpu");
    assertThat(train.group().collateral()).containsExactly("train-workers-0");
    DecisionRecord sweep = about("sweep").get(0);
    assertThat(about("sweep")).hasSize(1);
    assertThat(sweep.decision().ruleName()).isEqualTo("bug");
    assertThat(sweep.group().outcome()).isEqualTo(GroupOutcome.FAILED);
    assertThat(sweep.group().blamed()).isEqualTo("sweep-leader-0");
    assertThat(sweep.group().jobFailureReason().word()).isEqualTo(SAME);
    assertThat(sweep.group().jobFailureReason()).isEqualTo(train.group().jobFailureReason());

    assertThat(kafka.read(Topics.WATCHED_FAILURES).stream().map(WatchedFailure::id).distinct())
        .hasSize(5);
    assertThat(kafka.read(Topics.CLASSIFIED_ERRORS))
        .filteredOn(ClassifiedError::counted)
        .hasSize(5);
    assertThat(kafka.read(Topics.DECISIONS)).allMatch(DecisionRecord::advice);
    assertThat(kafka.read(Topics.JOB_EVENTS)).isEmpty();
    assertThat(kafka.read(Topics.RUN_REQUESTS)).isEmpty();
    assertThat(kafka.read(Topics.EXECUTOR_COMMANDS)).isEmpty();
    assertThat(cluster.writesOfExecutors()).isEmpty();
  }
}
