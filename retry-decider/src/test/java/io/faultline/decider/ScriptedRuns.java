package io.faultline.decider;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunState;
import io.faultline.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.test.TestRecord;

/**
 * Jobs that come to every kind of end, and what the decider tells the world of them: the names of
 * the pods that it asks for and its events, byte for byte.
 *
 * <p>It uses nothing that builds of the time before retry policies could wait don't have, so that
 * it could be played to one of them, and the recording kept.
 */
final class ScriptedRuns {

  /** Confluent's wire format: a magic byte and the schema's id, which the registry gives. */
  private static final int BEFORE_AVRO = 5;

  private final DeciderDriver decider;

  ScriptedRuns(DeciderDriver decider) {
    this.decider = decider;
  }

  /** Plays all, with time going by. */
  void play() {
    succeeds("fine");
    for (EvidenceKind kind : EvidenceKind.values()) {
      if (kind != EvidenceKind.LEASE_RETURNED) {
        fails("fails-" + kind.word(), kind);
      }
    }
    leaseIsReturned("returned-once", 1);
    succeedsAt("returned-once", 1);
    leaseIsReturned("returned-always", 5);
    leaseIsReturned("returned-then-fails", 2);
    runs("returned-then-fails", 2);
    error("returned-then-fails", 2, EvidenceKind.POD_FAILED);
    failsFastInAGang("gang-member");
    isCancelled("cancelled-before", false);
    isCancelled("cancelled-while-running", true);
    isLost("lost");
    error("of-others", 0, EvidenceKind.POD_FAILED);
    error("of-others", 0, EvidenceKind.PREEMPTED);
    sayItAllAgain("fine");
  }

  private void succeeds(String job) {
    decider.submit(job);
    succeedsAt(job, 0);
  }

  private void succeedsAt(String job, int run) {
    runs(job, run);
    tick();
    decider.report(job, run, RunState.SUCCEEDED, "exec-1");
  }

  private void runs(String job, int run) {
    for (RunState state : List.of(RunState.LEASED, RunState.PENDING, RunState.RUNNING)) {
      tick();
      decider.report(job, run, state, "exec-1");
    }
  }

  private void fails(String job, EvidenceKind kind) {
    decider.submit(job);
    runs(job, 0);
    error(job, 0, kind);
    tick();
    error(job, 0, kind); // told twice
  }

  private void error(String job, int run, EvidenceKind kind) {
    tick();
    decider.send(Topics.CLASSIFIED_ERRORS, job, decider.classified(job, run, kind));
  }

  private void leaseIsReturned(String job, int times) {
    decider.submit(job);
    for (int run = 0; run < times; run++) {
      tick();
      decider.report(job, run, RunState.LEASED, "exec-1");
      error(job, run, EvidenceKind.LEASE_RETURNED);
    }
  }

  private void failsFastInAGang(String id) {
    JobIdentity member = new JobIdentity(id, "research", "nightly", "gang-1");
    decider.send(
        Topics.JOB_COMMANDS,
        "gang-1",
        new JobCommand.Submit(member, decider.now, "ann", DeciderDriver.SPEC, true));
  }

  private void isCancelled(String job, boolean running) {
    decider.submit(job);
    if (running) {
      runs(job, 0);
    }
    tick();
    decider.cancel(job);
    tick();
    decider.report(job, 0, RunState.STOPPED, "exec-1");
  }

  private void isLost(String job) {
    decider.submit(job);
    decider.report(job, 0, RunState.LEASED, "silent");
    decider.live(DeciderDriver.TIMEOUT.plusSeconds(10), "exec-1");
    error(job, 0, EvidenceKind.LEASE_EXPIRED);
    decider.report(job, 0, RunState.SUCCEEDED, "silent"); // too late
  }

  private void sayItAllAgain(String job) {
    decider.submit(job);
    runs(job, 0);
    decider.report(job, 0, RunState.SUCCEEDED, "exec-1");
  }

  private void tick() {
    decider.now = decider.now.plusMillis(250);
    decider.driver.advanceWallClockTime(Duration.ofMillis(250));
  }

  /** A line for each event, each run asked for, and each topic of others that is written to. */
  List<String> told() {
    List<String> lines = new ArrayList<>();
    for (TestRecord<String, byte[]> each :
        decider
            .driver
            .createOutputTopic(
                Topics.JOB_EVENTS.name(), new StringDeserializer(), new ByteArrayDeserializer())
            .readRecordsToList()) {
      StringBuilder line = new StringBuilder("event " + each.key());
      for (Header header : each.headers()) {
        line.append(' ').append(header.key()).append('=').append(new String(header.value(), UTF_8));
      }
      byte[] value = each.value();
      lines.add(line + " " + HexFormat.of().formatHex(value, BEFORE_AVRO, value.length));
    }
    decider.read(Topics.RUN_REQUESTS).stream()
        .map(TestRecord::value)
        .map(r -> "pod " + r.job().jobId() + " " + r.run().index() + " " + r.podName())
        .forEach(lines::add);
    new TreeSet<>(decider.driver.producedTopicNames())
        .stream().filter(t -> !t.endsWith("-changelog")).forEach(t -> lines.add("topic " + t));
    return lines;
  }
}
