package io.faultline.decider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.faultline.decider.lease.Pulse;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.ExecutorCommand;
import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.job.RunState;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DeciderTopologyTest {

  private DeciderDriver decider = DeciderDriver.enabled();

  @AfterEach
  void close() {
    decider.close();
  }

  @Test
  void theTopologyIsAsDescribed() throws IOException {
    try (InputStream golden = getClass().getResourceAsStream("topology.txt")) {
      assertThat(decider.topology().describe().toString())
          .isEqualToNormalizingNewlines(new String(golden.readAllBytes(), UTF_8));
    }
  }

  @Test
  void aFailureIsDecidedAndTheNextRunAskedFor() {
    decider.submit("a");
    decider.report("a", 0, RunState.LEASED, "exec-1");
    decider.fails("a", 0);
    decider.report("a", 1, RunState.LEASED, "exec-1");
    decider.fails("a", 1);

    assertThat(decider.events())
        .containsExactly(
            "a 0 Submitted",
            "a 1 Leased",
            "a 2 Failed retryable",
            "a 3 RetryScheduled",
            "a 4 Leased",
            "a 5 Failed");
    assertThat(decider.read(Topics.RUN_REQUESTS))
        .extracting(r -> r.value().run())
        .containsExactly(RunIdentity.of("a", 0), RunIdentity.of("a", 1));
    assertThat(decider.read(Topics.DECISIONS))
        .extracting(r -> r.value().decision().reason().word())
        .containsExactly("retry", "fail_policy_limit");
    assertThat(
            decider
                .metrics
                .counter(
                    "faultline.retry.decisions",
                    "decision",
                    "retry",
                    "reason",
                    "retry",
                    "advice",
                    "false")
                .count())
        .isEqualTo(1);
  }

  @Test
  void anEventCarriesTheAttributesOfACloudEventAndTheTrace() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("traceparent", "00-1-2-01".getBytes(UTF_8));
    JobIdentity gang = new JobIdentity("a", "research", "nightly", "gang-1");
    decider
        .driver
        .createInputTopic(
            Topics.JOB_COMMANDS.name(),
            Codecs.keys().serializer(),
            decider.codecs.serde(Topics.JOB_COMMANDS).serializer())
        .pipeInput(
            new TestRecord<>(
                "gang-1",
                new JobCommand.Submit(gang, decider.now, "ann", DeciderDriver.SPEC, false),
                headers,
                decider.now));

    TestRecord<String, JobEvent> event = decider.read(Topics.JOB_EVENTS).get(0);
    assertThat(event.key()).isEqualTo("gang-1");
    assertThat(header(event, "ce_id")).isEqualTo("a/0");
    assertThat(header(event, "ce_type")).isEqualTo("io.faultline.job.submitted");
    assertThat(header(event, "traceparent")).isEqualTo("00-1-2-01");
  }

  @Test
  void theSpecOfAnEndedJobIsDeleted() {
    decider.submit("a");
    assertThat(decider.driver.producedTopicNames()).doesNotContain(Topics.JOB_SPECS.name());

    decider.cancel("a");

    assertThat(decider.read(Topics.JOB_SPECS))
        .extracting(TestRecord::key, TestRecord::value)
        .containsExactly(tuple("a", null));
  }

  @Test
  void repeatedInputChangesNothing() {
    for (int i = 0; i < 3; i++) {
      decider.submit("a");
      decider.report("a", 0, RunState.LEASED, "exec-1");
    }
    for (int i = 0; i < 3; i++) {
      decider.fails("a", 0);
    }

    assertThat(decider.events())
        .containsExactly(
            "a 0 Submitted", "a 1 Leased", "a 2 Failed retryable", "a 3 RetryScheduled");
    assertThat(decider.read(Topics.DECISIONS)).hasSize(1);
  }

  @Test
  void aRunThatLivesOnAfterTheEndIsStopped() {
    decider.submit("a");
    decider.cancel("a");
    decider.report("a", 0, RunState.LEASED, "exec-1");

    List<ExecutorCommand> commands =
        decider.read(Topics.EXECUTOR_COMMANDS).stream().map(TestRecord::value).toList();
    assertThat(commands).hasSize(1);
    assertThat(commands.get(0).action()).isEqualTo(ExecutorCommand.Action.STOP);
    assertThat(commands.get(0).executor()).isEqualTo("exec-1");
  }

  @Test
  void aJobOfOthersGetsAdviceOnly() {
    decider.fails("theirs", 0);

    List<DecisionRecord> advice =
        decider.read(Topics.DECISIONS).stream().map(TestRecord::value).toList();
    assertThat(advice).extracting(DecisionRecord::advice).containsExactly(true);
    assertThat(decider.driver.producedTopicNames()).containsOnly(Topics.DECISIONS.name());
  }

  @Test
  void everyDecisionIsToldInOneLogLineWithFixedKeys() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Logger logger = (Logger) LoggerFactory.getLogger(DecisionLog.class);
    logger.addAppender(lines);

    decider.submit("a");
    decider.fails("a", 0);

    logger.detachAppender(lines);
    assertThat(lines.list).extracting(ILoggingEvent::getMessage).containsExactly("retry decision");
    assertThat(lines.list.get(0).getKeyValuePairs())
        .extracting(p -> p.key + "=" + p.value)
        .containsExactly(
            "jobId=a",
            "runId=" + RunIdentity.of("a", 0).runId(),
            "queue=research",
            "policy=ml-training",
            "decision=retry",
            "reason=retry",
            "rule=",
            "retriesUsed=0",
            "retryLimit=1",
            "category=gpu",
            "advice=false");
  }

  @Test
  void theRunsOfASilentExecutorAreReportedAsLostOnce() {
    for (String job : List.of("a", "b", "c")) {
      decider.submit(job);
      decider.report(job, 0, RunState.LEASED, job.equals("b") ? "alive" : "silent");
    }
    decider.live(DeciderDriver.TIMEOUT.minusSeconds(4), "alive");
    assertThat(lost()).isEmpty();

    decider.live(Duration.ofSeconds(10), "alive");
    assertThat(lost()).containsExactlyInAnyOrder("a", "c");

    decider.live(DeciderDriver.TIMEOUT, "alive");
    assertThat(lost()).isEmpty();
  }

  @Test
  void aLostRunThatComesBackClassifiedIsDecided() {
    decider.submit("a");
    decider.report("a", 0, RunState.LEASED, "silent");
    decider.live(DeciderDriver.TIMEOUT.plusSeconds(4));
    assertThat(lost()).containsExactly("a");

    decider.send(
        Topics.CLASSIFIED_ERRORS, "a", decider.classified("a", 0, EvidenceKind.LEASE_EXPIRED));

    assertThat(decider.events()).endsWith("a 2 Failed retryable", "a 3 RetryScheduled");
    assertThat(decider.read(Topics.RUN_REQUESTS)).hasSize(2);
  }

  @Test
  void aRunThatEndedIsNotLost() {
    decider.submit("a");
    decider.report("a", 0, RunState.LEASED, "silent");
    decider.report("a", 0, RunState.SUCCEEDED, "silent");
    decider.live(DeciderDriver.TIMEOUT.plusSeconds(4));

    assertThat(lost()).isEmpty();
  }

  @Test
  void anExecutorThatIsHeardAgainInTimeKeepsItsRuns() {
    decider.submit("a");
    decider.report("a", 0, RunState.LEASED, "restarted");
    decider.live(Duration.ofSeconds(40));
    decider.live(DeciderDriver.TIMEOUT, "restarted");

    assertThat(lost()).isEmpty();
  }

  @Test
  void aTaskThatIsNotSureOfItselfLetsNothingExpire() {
    decider.submit("a");
    decider.report("a", 0, RunState.LEASED, "silent");
    decider.driver.advanceWallClockTime(DeciderDriver.TIMEOUT.multipliedBy(5));

    assertThat(lost()).isEmpty();
  }

  @Test
  void pulsesOfAnotherInstanceProveNothing() {
    decider.submit("a");
    decider.report("a", 0, RunState.LEASED, "silent");
    for (int i = 0; i < 60; i++) {
      decider.now = decider.now.plusSeconds(2);
      decider.driver.advanceWallClockTime(Duration.ofSeconds(2));
      decider.send(Topics.HEARTBEATS, Pulse.key("another"), null);
    }

    assertThat(lost()).isEmpty();
  }

  @Test
  void thousandsOfLostRunsExpireInPortions() {
    for (int i = 0; i < 1_200; i++) {
      decider.submit("j" + i);
      decider.report("j" + i, 0, RunState.LEASED, "silent");
    }
    decider.live(DeciderDriver.TIMEOUT.plusSeconds(10));

    assertThat(lost()).hasSize(1_200).doesNotHaveDuplicates();
  }

  @Test
  void withRetriesOffNothingIsDecidedAndPodsKeepTheirNames() {
    decider.close();
    decider = new DeciderDriver(Map.of());
    decider.submit("a");
    decider.fails("a", 0);

    assertThat(decider.events()).containsExactly("a 0 Submitted", "a 1 Failed");
    assertThat(decider.read(Topics.RUN_REQUESTS).get(0).value().podName()).isEqualTo("armada-a-0");
    assertThat(decider.driver.producedTopicNames()).doesNotContain(Topics.DECISIONS.name());
  }

  private List<String> lost() {
    return decider.read(Topics.JOB_ERRORS).stream()
        .map(TestRecord::value)
        .map(JobError::job)
        .map(JobIdentity::jobId)
        .toList();
  }

  private static String header(TestRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
