package io.faultline.decider;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.group.FailurePolicy;
import io.faultline.domain.group.GroupVerdict;
import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.job.RunReport;
import io.faultline.domain.job.RunState;
import io.faultline.domain.set.SetDefinition;
import io.faultline.domain.set.SetIds;
import io.faultline.domain.set.SetTemplate;
import io.faultline.domain.workload.JobLimits;
import io.faultline.domain.workload.PodFailurePolicy;
import io.faultline.schemas.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sets through the real topology: when one is decided, by the clock and by what is read. */
class SetsTopologyTest {

  private static final String SET = "01890a5d-ac96-774b-bcce-b302a9000000";
  private static final JobIdentity IDENTITY = new JobIdentity(SET, "research", "nightly", SET);
  private static final Duration STEP = Duration.ofMillis(100);

  private final DeciderDriver decider = DeciderDriver.enabled();

  @BeforeEach
  void aSetRuns() {
    SetTemplate workers =
        new SetTemplate(
            DeciderDriver.SPEC, "workers", 3, 1, new JobLimits(PodFailurePolicy.NONE, 0, null));
    SetDefinition train =
        new SetDefinition("train", false, List.of(workers), new FailurePolicy(3, List.of()), false);
    decider.send(
        Topics.JOB_COMMANDS, SET, new JobCommand.SubmitSet(IDENTITY, decider.now, "ann", train));
    for (int index = 0; index < 3; index++) {
      JobIdentity job = SetIds.job(IDENTITY, index);
      decider.send(
          Topics.RUN_REPORTS,
          SET,
          new RunReport(
              job,
              RunIdentity.of(job.jobId(), 0),
              RunState.LEASED,
              "exec-1",
              "local",
              "",
              "pod",
              "node",
              decider.now));
    }
  }

  @AfterEach
  void close() {
    decider.close();
  }

  private void fails(int index) {
    JobIdentity job = SetIds.job(IDENTITY, index);
    ClassifiedError any = decider.classified(job.jobId(), 0, EvidenceKind.POD_FAILED);
    JobError error = any.error();
    decider.send(
        Topics.CLASSIFIED_ERRORS,
        SET,
        new ClassifiedError(
            new JobError(
                error.errorId(),
                job,
                error.run(),
                error.executor(),
                error.cluster(),
                error.namespace(),
                error.podName(),
                error.at(),
                true,
                error.evidence()),
            any.classification(),
            any.categoriesName(),
            any.categoriesRevision(),
            true,
            any.counts(),
            any.rates()));
  }

  private List<GroupVerdict> verdicts() {
    return decider.read(Topics.DECISIONS).stream()
        .map(TestRecord::value)
        .map(decision -> decision.group())
        .toList();
  }

  /** The clock goes on, and what is read is of so much later. */
  private void reads(Duration later) {
    decider.driver.advanceWallClockTime(STEP);
    decider.now = decider.now.plus(later);
    decider.heartbeat("exec-1");
  }

  @Test
  void aSetIsDecidedWhenTheWindowEnds() {
    fails(0);
    decider.pass(Duration.ofMillis(1_900));
    fails(1);
    assertThat(verdicts()).isEmpty();
    decider.pass(Duration.ofMillis(200));
    assertThat(verdicts()).singleElement().extracting(GroupVerdict::failed).isEqualTo(2);
  }

  @Test
  void whileWhatIsReadIsBehindTheFailuresOfTheWindowAreWaitedFor() {
    decider.driver.advanceWallClockTime(Duration.ofSeconds(10));
    fails(0);
    for (int step = 0; step < 30; step++) {
      reads(Duration.ofMillis(10));
    }
    assertThat(verdicts()).isEmpty();
    fails(1);
    for (int step = 0;
        step < 30 && decider.now.isBefore(DeciderDriver.T0.plusSeconds(12));
        step++) {
      reads(Duration.ofSeconds(1));
    }
    decider.driver.advanceWallClockTime(STEP);
    assertThat(verdicts()).singleElement().extracting(GroupVerdict::failed).isEqualTo(2);
  }

  @Test
  void whoeverIsBehindForLongWaitsNoLongerThanTheLimit() {
    decider.driver.advanceWallClockTime(Duration.ofSeconds(100));
    fails(0);
    for (int step = 0; step < 640; step++) {
      reads(Duration.ofMillis(1));
    }
    assertThat(verdicts()).hasSize(1);
  }

  @Test
  void whereNothingFollowsNothingIsWaitedFor() {
    decider.driver.advanceWallClockTime(Duration.ofSeconds(10));
    fails(0);
    for (int step = 0; step < 24; step++) {
      decider.driver.advanceWallClockTime(STEP);
    }
    assertThat(verdicts()).hasSize(1);
  }
}
