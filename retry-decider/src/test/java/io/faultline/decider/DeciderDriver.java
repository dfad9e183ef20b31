package io.faultline.decider;

import io.faultline.app.SettingsReader;
import io.faultline.app.fixture.StateFolder;
import io.faultline.decider.lease.Pulse;
import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.classify.PodAction;
import io.faultline.domain.classify.RuleRef;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.Heartbeat;
import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.JobState;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.RunState;
import io.faultline.domain.job.SpecRef;
import io.faultline.domain.retry.Backoff;
import io.faultline.domain.retry.PolicyChoice;
import io.faultline.domain.retry.RetryAction;
import io.faultline.domain.retry.RetryPolicy;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.InMemorySchemaRegistry;
import io.faultline.schemas.StateCodec;
import io.faultline.schemas.Topic;
import io.faultline.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The real topology with the real serdes, on a clock of the test's own. */
final class DeciderDriver implements AutoCloseable {

  static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  static final SpecRef SPEC = new SpecRef(0, 42, "ab");
  static final Duration TIMEOUT = Duration.ofSeconds(60);

  final Codecs codecs = new Codecs(new InMemorySchemaRegistry());
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final DeciderSettings settings;
  private final StateFolder state = new StateFolder();
  final TopologyTestDriver driver;
  PolicyChoice policy = policy(1, null);
  final Set<String> held = new HashSet<>();
  Instant now = T0;

  DeciderDriver(Map<String, String> given) {
    settings = DeciderSettings.read(SettingsReader.of(given));
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "decider-test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.path());
    driver = new TopologyTestDriver(topology(), properties, T0);
  }

  static DeciderDriver enabled() {
    return new DeciderDriver(Map.of("retryPolicy.enabled", "true", "instance.id", "me"));
  }

  Topology topology() {
    return DeciderTopology.of(
        settings,
        codecs,
        StateCodec.of(JobState.class),
        queue -> policy,
        held::contains,
        new DecisionLog(metrics));
  }

  /** One policy, which tries again by its default action. */
  static PolicyChoice policy(int retryLimit, Backoff backoff) {
    RetryPolicy policy =
        new RetryPolicy("ml-training", retryLimit, RetryAction.RETRY, backoff, List.of());
    return new PolicyChoice(
        List.of(policy.name()),
        List.of(new PolicyChoice.PolicyInForce(policy, 9)),
        List.of(),
        null);
  }

  static JobIdentity job(String id) {
    return new JobIdentity(id, "research", "nightly", null);
  }

  void submit(String id) {
    send(Topics.JOB_COMMANDS, id, new JobCommand.Submit(job(id), now, "ann", SPEC, false));
  }

  void cancel(String id) {
    send(Topics.JOB_COMMANDS, id, new JobCommand.Cancel(job(id), now, "bob", "enough"));
  }

  void retry(String id) {
    send(Topics.JOB_COMMANDS, id, new JobCommand.Retry(job(id), now, "bob"));
  }

  void report(String id, int run, RunState state, String executor) {
    send(
        Topics.RUN_REPORTS,
        id,
        new RunReport(
            job(id), RunIdentity.of(id, run), state, executor, "local", "", "pod", "node", now));
  }

  void fails(String id, int run) {
    send(Topics.CLASSIFIED_ERRORS, id, classified(id, run, EvidenceKind.POD_FAILED));
  }

  ClassifiedError classified(String id, int run, EvidenceKind kind) {
    Evidence evidence =
        new Evidence(kind, null, "", "boom", "", "node", List.of(), List.of(), "", null);
    RunIdentity runId = RunIdentity.of(id, run);
    JobError error =
        new JobError(
            runId.runId() + "/0", job(id), runId, "exec-1", "local", "", "", now, true, evidence);
    FailureInfo info = new FailureInfo(74, "boom", "main", "gpu", "", List.of("gpu"), "");
    return new ClassifiedError(
        error,
        new Classification(info, PodAction.RETAIN, "boom", new RuleRef("gpu", 0), false),
        "default",
        7,
        true,
        new FailureCounts(run + 1, run + 1),
        FailureRates.UNKNOWN);
  }

  void heartbeat(String executor) {
    send(Topics.HEARTBEATS, executor, new Heartbeat(executor, "local", now, 30_000));
  }

  void pulse() {
    RecordHeaders headers = new RecordHeaders();
    Pulse.sentAt(headers, now.toEpochMilli());
    driver
        .createInputTopic(
            Topics.HEARTBEATS.name(),
            Codecs.keys().serializer(),
            codecs.serde(Topics.HEARTBEATS).serializer())
        .pipeInput(
            new TestRecord<>(
                Pulse.key(settings.common().instanceId()), (Heartbeat) null, headers, now));
  }

  /** Time goes by, in steps, with pulses and heartbeats of these executors. */
  void live(Duration time, String... heard) {
    for (Instant end = now.plus(time); now.isBefore(end); ) {
      now = now.plusSeconds(2);
      driver.advanceWallClockTime(Duration.ofSeconds(2));
      pulse();
      for (String executor : heard) {
        heartbeat(executor);
      }
    }
    driver.advanceWallClockTime(Duration.ofSeconds(2));
    now = now.plusSeconds(2);
  }

  /** Time goes by, without anything being heard. */
  void pass(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
  }

  <V> void send(Topic<V> topic, String key, V value) {
    driver
        .createInputTopic(
            topic.name(), Codecs.keys().serializer(), codecs.serde(topic).serializer())
        .pipeInput(key, value, now);
  }

  <V> List<TestRecord<String, V>> read(Topic<V> topic) {
    return driver
        .createOutputTopic(
            topic.name(), Codecs.keys().deserializer(), codecs.serde(topic).deserializer())
        .readRecordsToList();
  }

  List<String> events() {
    return read(Topics.JOB_EVENTS).stream()
        .map(TestRecord::value)
        .map(
            e ->
                e.job().jobId()
                    + " "
                    + e.sequence()
                    + " "
                    + e.detail().getClass().getSimpleName()
                    + (e.detail() instanceof JobEvent.Failed failed && failed.retryable()
                        ? " retryable"
                        : ""))
        .toList();
  }

  @Override
  public void close() {
    driver.close();
    state.close();
  }
}
