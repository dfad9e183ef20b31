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
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.executor.ExecutorApp;
import io.faultline.executor.ExecutorSettings;
import io.faultline.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pods that others made, from a mock API server through the real executor, classifier and decider
 * to advice, and to nothing else.
 */
class OthersIT {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String JOB = "01f3j0g1md4qx7z5qb148qnh4d";

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

  private void resource(ResourceKind kind, String name, long revision, String body) {
    kafka.send(
        Topics.RESOURCES,
        kind.word() + "/" + name,
        new Resource(kind, name, revision, false, body, Instant.EPOCH, "ann"));
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
    settings.put("executor.kubernetes.watch.pods", "armada, jobs");
    settings.put("executor.claims", "false");
    return start(new ExecutorApp(ExecutorSettings.read(SettingsReader.of(settings))));
  }

  private List<DecisionRecord> decisions(String jobId) {
    return kafka.read(Topics.DECISIONS).stream()
        .filter(decision -> decision.job().jobId().equals(jobId))
        .sorted(Comparator.comparing(decision -> decision.run().index()))
        .toList();
  }

  private void failed(String name, String jobId) {
    cluster.fail(name, Map.of("armada_job_id", jobId, "armada_queue_id", "research"), 74);
  }

  @Test
  void whatIsDecidedAboutThemIsAdviceOnceAndNothingFollowsFromIt() throws Exception {
    resource(
        ResourceKind.CATEGORIES,
        "default",
        1,
        "{enabled: true, categories: [{name: gpu, action: Delete,"
            + " rules: [{onExitCodes: {operator: In, values: [74]}}]}]}");
    resource(
        ResourceKind.RETRY_POLICY,
        "once",
        2,
        "{apiVersion: faultline.io/v1, kind: RetryPolicy, name: once, retryLimit: 1,"
            + " defaultAction: Fail, rules: [{action: Retry, onCategory: gpu}]}");
    resource(
        ResourceKind.QUEUE,
        "research",
        3,
        "{apiVersion: faultline.io/v1, kind: Queue, name: research, retryPolicy: once}");
    start(new ClassifierApp(ClassifierSettings.read(SettingsReader.of(settings("classifier")))));
    Map<String, String> decider = settings("decider");
    decider.put("retryPolicy.enabled", "true");
    start(new DeciderApp(DeciderSettings.read(SettingsReader.of(decider))));
    App executor = executor();

    failed("armada-" + JOB + "-0", JOB);
    await().atMost(LONG).until(() -> decisions(JOB).size(), n -> n == 1);
    failed("armada-" + JOB + "-0-1", JOB);
    await().atMost(LONG).until(() -> decisions(JOB).size(), n -> n == 2);
    executor.close();
    apps.remove(executor);
    executor();
    await().atMost(LONG).until(() -> kafka.read(Topics.JOB_ERRORS).size(), n -> n == 4);
    failed("armada-later-0", "later");
    await().atMost(LONG).until(() -> decisions("later").size(), n -> n == 1);
    await().atMost(LONG).until(() -> kafka.read(Topics.CLASSIFIED_ERRORS).size(), n -> n == 5);

    assertThat(kafka.read(Topics.JOB_ERRORS).stream().map(JobError::errorId).distinct()).hasSize(3);
    List<ClassifiedError> classified = kafka.read(Topics.CLASSIFIED_ERRORS);
    assertThat(classified).filteredOn(ClassifiedError::counted).hasSize(3);
    assertThat(classified)
        .allMatch(error -> error.classification().info().category().equals("gpu"));
    assertThat(decisions(JOB)).hasSize(2).allMatch(DecisionRecord::advice);
    assertThat(decisions(JOB))
        .extracting(decision -> decision.decision().reason())
        .containsExactly(DecisionReason.RETRY, DecisionReason.FAIL_POLICY_LIMIT);
    assertThat(kafka.read(Topics.JOB_EVENTS)).isEmpty();
    assertThat(kafka.read(Topics.RUN_REQUESTS)).isEmpty();
    assertThat(kafka.read(Topics.EXECUTOR_COMMANDS)).isEmpty();
    assertThat(cluster.pods()).hasSize(3);
    assertThat(cluster.writesOfExecutors()).isEmpty();
  }
}
