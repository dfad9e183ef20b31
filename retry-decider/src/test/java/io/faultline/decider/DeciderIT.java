package io.faultline.decider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultline.app.SettingsReader;
import io.faultline.app.fixture.RealKafka;
import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.classify.PodAction;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.RunState;
import io.faultline.domain.job.SpecRef;
import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The decider on a real broker with a real registry. */
class DeciderIT {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration LONG = Duration.ofSeconds(60);

  private static RealKafka kafka;

  @TempDir private Path stateDir;
  private final List<AutoCloseable> running = new ArrayList<>();

  @BeforeAll
  static void start() {
    kafka = new RealKafka();
    kafka.send(
        Topics.RESOURCES,
        "RetryPolicy/standard",
        new Resource(
            ResourceKind.RETRY_POLICY,
            "standard",
            4,
            false,
            """
            apiVersion: faultline.io/v1
            kind: RetryPolicy
            name: standard
            retryLimit: 1
            defaultAction: Retry
            """,
            T0,
            "ann"));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable app : running) {
      app.close();
    }
  }

  @Test
  void aJobGoesFromItsSubmitToItsTerminalEvent() {
    app();
    submit("whole");
    await().atMost(LONG).until(() -> requests("whole"), r -> r == 1);
    report("whole", 0, RunState.LEASED);
    report("whole", 0, RunState.PENDING);
    report("whole", 0, RunState.RUNNING);
    await().atMost(LONG).until(() -> events("whole").size(), n -> n == 4);
    fails("whole", 0);
    await().atMost(LONG).until(() -> requests("whole"), r -> r == 2);
    report("whole", 1, RunState.SUCCEEDED);

    await().atMost(LONG).until(() -> events("whole"), e -> e.contains("6 Succeeded"));
    assertThat(events("whole"))
        .containsExactly(
            "0 Submitted",
            "1 Leased",
            "2 Pending",
            "3 Running",
            "4 Failed",
            "5 RetryScheduled",
            "6 Succeeded");
    assertThat(kafka.read(Topics.DECISIONS))
        .filteredOn(d -> d.job().jobId().equals("whole"))
        .singleElement()
        .satisfies(d -> assertThat(d.policyRevision()).isEqualTo(4));
  }

  @Test
  void killedAndStartedAgainItGoesOnWhereItWas() throws Exception {
    killedAndStartedAgain("kept", stateDir, stateDir);
  }

  @Test
  void withItsStateWipedItGoesOnWhereItWas(@TempDir Path emptyDir) throws Exception {
    killedAndStartedAgain("wiped", stateDir, emptyDir);
  }

  private void killedAndStartedAgain(String job, Path before, Path after) throws Exception {
    Process first = process(before);
    submit(job);
    await().atMost(LONG).until(() -> requests(job), r -> r == 1);
    report(job, 0, RunState.LEASED);
    fails(job, 0);
    first.destroyForcibly().waitFor();
    submit(job);
    report(job, 0, RunState.LEASED);
    fails(job, 0);
    report(job, 1, RunState.LEASED);

    process(after);
    await().atMost(LONG).until(() -> requests(job), r -> r == 2);
    fails(job, 1);
    fails(job, 1);
    submit(job + "-fence");

    await().atMost(LONG).until(() -> events(job + "-fence").size(), n -> n == 1);
    List<String> events = events(job);
    assertThat(events).filteredOn(e -> e.endsWith("Submitted")).containsExactly("0 Submitted");
    assertThat(events).filteredOn(e -> e.endsWith("Failed")).hasSize(2);
    assertThat(events).filteredOn(e -> e.endsWith("RetryScheduled")).hasSize(1);
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i)).startsWith(i + " ");
    }
    assertThat(requests(job)).isEqualTo(2);
  }

  @Test
  void whatCanNotBeDecodedBecomesADeadLetterAndStopsNobody() {
    app();
    kafka.sendBytes(Topics.JOB_COMMANDS, "poison", "not avro".getBytes(UTF_8));
    submit("after-poison");

    await().atMost(LONG).until(() -> events("after-poison").size(), n -> n == 1);
    assertThat(kafka.readBytes(Topics.DEAD_LETTERS))
        .filteredOn(r -> "poison".equals(r.key()))
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.value()).isEqualTo("not avro".getBytes(UTF_8));
              Header topic = r.headers().lastHeader("dl-topic");
              assertThat(new String(topic.value(), UTF_8)).isEqualTo(Topics.JOB_COMMANDS.name());
            });
  }

  @Test
  void whileTheRegistryIsAwayItWaitsAndDropsNothing() {
    submit("patient");
    long deadBefore = kafka.readBytes(Topics.DEAD_LETTERS).size();
    kafka.registry.kill();
    DeciderApp app = app();
    try {
      await().during(Duration.ofSeconds(3)).atMost(LONG).until(() -> !app.ready());
      assertThat(requests("patient")).isZero();
    } finally {
      kafka.registry.start();
    }

    await().atMost(LONG).until(() -> requests("patient"), r -> r == 1);
    assertThat(kafka.readBytes(Topics.DEAD_LETTERS)).hasSize((int) deadBefore);
  }

  @Test
  void theRunsOfAnExecutorThatFallsSilentAreReportedAsLost() {
    app(Map.of("decider.executorTimeout", "3s"));
    submit("silent");
    report("silent", 0, RunState.LEASED);

    await()
        .atMost(LONG)
        .until(
            () ->
                kafka.read(Topics.JOB_ERRORS).stream()
                    .filter(e -> e.job().jobId().equals("silent"))
                    .map(e -> e.evidence().kind())
                    .toList(),
            List.of(EvidenceKind.LEASE_EXPIRED)::equals);
  }

  private static Map<String, String> settings(Path state) {
    Map<String, String> settings = kafka.settings(state);
    settings.put("retryPolicy.enabled", "true");
    settings.put("retryPolicy.defaultPolicyName", "standard");
    return settings;
  }

  private DeciderApp app() {
    return app(Map.of());
  }

  private DeciderApp app(Map<String, String> more) {
    Map<String, String> settings = settings(stateDir);
    settings.putAll(more);
    DeciderApp app = new DeciderApp(DeciderSettings.read(SettingsReader.of(settings)));
    running.add(app);
    app.start();
    return app;
  }

  private Process process(Path state) {
    Process process =
        kafka.process(Main.class, settings(state), Path.of("target", "decider-it.log"));
    running.add(
        () -> {
          process.destroyForcibly();
          assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        });
    return process;
  }

  private static JobIdentity job(String id) {
    return new JobIdentity(id, "research", "nightly", null);
  }

  private static void submit(String id) {
    SpecRef spec = new SpecRef(0, 0, "ab");
    kafka.send(Topics.JOB_COMMANDS, id, new JobCommand.Submit(job(id), T0, "ann", spec, false));
  }

  private static void report(String id, int run, RunState state) {
    kafka.send(
        Topics.RUN_REPORTS,
        id,
        new RunReport(
            job(id), RunIdentity.of(id, run), state, "exec-1", "local", "", "pod", "node", T0));
  }

  private static void fails(String id, int run) {
    Evidence evidence =
        new Evidence(
            EvidenceKind.POD_FAILED, null, "", "boom", "", "node", List.of(), List.of(), "", null);
    RunIdentity runId = RunIdentity.of(id, run);
    JobError error =
        new JobError(
            runId.runId() + "/0", job(id), runId, "exec-1", "local", "", "", T0, true, evidence);
    FailureInfo info = new FailureInfo(null, "", "", "", "", List.of(), "");
    kafka.send(
        Topics.CLASSIFIED_ERRORS,
        id,
        new ClassifiedError(
            error,
            new Classification(info, PodAction.RETAIN, "boom", null, false),
            "",
            0,
            true,
            new FailureCounts(run + 1, 0),
            FailureRates.UNKNOWN));
  }

  private static long requests(String id) {
    return kafka.read(Topics.RUN_REQUESTS).stream().filter(r -> r.job().jobId().equals(id)).count();
  }

  private static List<String> events(String id) {
    return kafka.read(Topics.JOB_EVENTS).stream()
        .filter(e -> e.job().jobId().equals(id))
        .map(JobEvent.class::cast)
        .map(e -> e.sequence() + " " + e.detail().getClass().getSimpleName())
        .toList();
  }
}
