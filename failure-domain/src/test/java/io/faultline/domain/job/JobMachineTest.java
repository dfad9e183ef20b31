package io.faultline.domain.job;

import static io.faultline.domain.job.JobLife.JOB;
import static io.faultline.domain.job.JobLife.OFF;
import static io.faultline.domain.job.JobLife.ON;
import static io.faultline.domain.job.JobLife.SPEC;
import static io.faultline.domain.job.JobLife.retrying;
import static io.faultline.domain.job.JobLife.submitted;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.retry.RunMutations;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobMachineTest {

  @Test
  void aSubmittedJobIsOwedItsFirstRun() {
    JobLife life = submitted(ON);

    assertThat(life.lastEffects()).containsExactly("Submitted", "RequestRun");
    assertThat(life.requests())
        .containsExactly(
            new RunRequest(
                JOB,
                RunIdentity.of("01j", 0),
                SPEC,
                "armada-01j-0-0",
                RunMutations.NONE,
                JobLife.T0));
  }

  @Test
  void withRetriesOffThePodNameHasNoRunIndex() {
    assertThat(submitted(OFF).requests().get(0).podName()).isEqualTo("armada-01j-0");
  }

  @Test
  void aRepeatedSubmitChangesNothing() {
    JobLife life = submitted(ON);
    JobState before = life.state;

    life.submit(false);

    assertThat(life.last).isEmpty();
    assertThat(life.state).isEqualTo(before);
  }

  @Test
  void aSubmitOfAnEndedJobChangesNothing() {
    assertThat(submitted(ON).cancel().submit(false).last).isEmpty();
  }

  @Test
  void aRunThatSucceedsEndsItsJob() {
    JobLife life = submitted(ON).running(0).report(0, RunState.SUCCEEDED);

    assertThat(life.eventNames())
        .containsExactly("Submitted", "Leased", "Pending", "Running", "Succeeded");
    assertThat(life.events()).extracting(JobEvent::sequence).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(life.lastEffects()).containsExactly("Succeeded", "DropSpec");
    assertThat(life.state).isInstanceOf(EndedJob.class);
  }

  @Test
  void anEventSaysWhereItsRunIs() {
    JobEvent event = submitted(ON).running(0).events().get(3);

    assertThat(event.run()).isEqualTo(RunIdentity.of("01j", 0));
    assertThat(event.executor()).isEqualTo("exec-1");
    assertThat(event.cluster()).isEqualTo("local");
    assertThat(event.node()).isEqualTo("node-0");
    assertThat(event.eventId()).isEqualTo("01j/3");
  }

  @ParameterizedTest
  @EnumSource(
      value = RunState.class,
      names = {"LEASED", "PENDING", "RUNNING"})
  void aRepeatedReportChangesNothing(RunState repeated) {
    JobLife life = submitted(ON).running(0);
    JobState before = life.state;

    life.report(0, repeated);

    assertThat(life.last).isEmpty();
    assertThat(life.state).isEqualTo(before);
  }

  @Test
  void aPendingThatComesAfterRunningKeepsItsTime() {
    JobLife life = submitted(ON).report(0, RunState.LEASED).report(0, RunState.RUNNING);
    life.report(0, RunState.PENDING, "exec-1", "");

    assertThat(life.eventNames()).endsWith("Running", "Pending");
    assertThat(life.events().get(3).at()).isEqualTo(JobLife.T0.plusSeconds(3));
    assertThat(life.events().get(3).node()).isEqualTo("node-0");
  }

  @Test
  void aSuccessWithoutEarlierReportsIsTaken() {
    assertThat(submitted(ON).report(0, RunState.SUCCEEDED).lastEffects())
        .containsExactly("Succeeded", "DropSpec");
  }

  @ParameterizedTest
  @EnumSource(
      value = RunState.class,
      names = {"LEASED", "PENDING", "RUNNING"})
  void aRunThatLivesOnAfterItsJobsEndIsStopped(RunState late) {
    JobLife life = submitted(ON).cancel();
    JobState before = life.state;

    life.report(0, late);

    assertThat(life.lastEffects()).containsExactly("STOP");
    assertThat(life.state).isEqualTo(before);
  }

  @Test
  void aRunOfAnUnknownJobIsStopped() {
    JobLife life = new JobLife(ON).report(0, RunState.LEASED);

    assertThat(life.lastEffects()).containsExactly("STOP");
    assertThat(life.state).isNull();
  }

  @Test
  void aRunThatIsNotTheCurrentOneIsStopped() {
    JobLife life = submitted(ON).under(retrying(3)).running(0).fails(0);
    JobState before = life.state;

    life.report(0, RunState.RUNNING);

    assertThat(life.lastEffects()).containsExactly("STOP");
    assertThat(life.state).isEqualTo(before);
  }

  @Test
  void aSecondExecutorWithTheSameRunIsStopped() {
    JobLife life = submitted(ON).running(0).report(0, RunState.LEASED, "exec-2", "node-9");

    assertThat(life.lastEffects()).containsExactly("STOP");
    assertThat(((JobEffect.Tell) life.last.get(0)).command().executor()).isEqualTo("exec-2");
  }

  @Test
  void lateEndsOfAnotherRunChangeNothing() {
    JobLife life = submitted(ON).under(retrying(3)).running(0).fails(0);
    JobState before = life.state;

    assertThat(life.report(0, RunState.SUCCEEDED).last).isEmpty();
    assertThat(life.report(0, RunState.STOPPED).last).isEmpty();
    assertThat(life.state).isEqualTo(before);
  }

  @Test
  void aQueuedJobIsCancelledWithoutTellingAnyone() {
    JobLife life = submitted(ON).cancel();

    assertThat(life.lastEffects()).containsExactly("Cancelled", "DropSpec");
    assertThat(life.events().get(1).run()).isNull();
    assertThat(life.events().get(1).detail())
        .isEqualTo(new JobEvent.Cancelled("wrong input", "bob"));
  }

  @ParameterizedTest
  @EnumSource(
      value = RunState.class,
      names = {"LEASED", "PENDING", "RUNNING"})
  void aHeldJobIsCancelledAndItsRunStopped(RunState reached) {
    JobLife life = submitted(ON).report(0, reached).cancel();

    assertThat(life.lastEffects()).containsExactly("Cancelled", "STOP", "DropSpec");
    assertThat(life.state)
        .isEqualTo(new EndedJob(EndedJob.Outcome.CANCELLED, 3, JobLife.T0.plusSeconds(2)));
  }

  @Test
  void aCancelOfAnEndedOrUnknownJobChangesNothing() {
    assertThat(submitted(ON).report(0, RunState.SUCCEEDED).cancel().last).isEmpty();
    assertThat(new JobLife(ON).cancel().last).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = RunState.class,
      names = {"SUCCEEDED", "STOPPED", "DEFERRED"})
  void theEndOfACancelledRunChangesNothing(RunState end) {
    assertThat(submitted(ON).running(0).cancel().report(0, end).last).isEmpty();
  }

  @Test
  void aRunThatIsDeferredIsAskedForOnceMore() {
    JobLife life = submitted(ON).report(0, RunState.DEFERRED);
    assertThat(life.lastEffects()).containsExactly("RequestRun");
    assertThat(life.requests()).extracting(RunRequest::run).containsOnly(RunIdentity.of("01j", 0));
  }

  @Test
  void toDeferARunThatIsHeldOrNotKnownIsVoid() {
    assertThat(submitted(ON).running(0).report(0, RunState.DEFERRED).last).isEmpty();
    assertThat(new JobLife(ON).report(0, RunState.DEFERRED).last).isEmpty();
  }

  @Test
  void aFailureAfterTheEndChangesNothing() {
    assertThat(submitted(ON).report(0, RunState.SUCCEEDED).fails(0).last).isEmpty();
    assertThat(submitted(ON).running(0).cancel().fails(0).last).isEmpty();
  }

  @Test
  void aSilentExecutorsRunIsReportedAsLostOnce() {
    JobLife life = submitted(ON).running(0).expires();

    assertThat(life.lastEffects()).containsExactly("Report");
    JobError error = ((JobEffect.Report) life.last.get(0)).error();
    Instant at = JobLife.T0.plusSeconds(4);
    assertThat(error.errorId()).isEqualTo(RunIdentity.of("01j", 0).runId() + "/lease-expired");
    assertThat(error.terminal()).isTrue();
    assertThat(error.at()).isEqualTo(at);
    assertThat(error.evidence().kind()).isEqualTo(EvidenceKind.LEASE_EXPIRED);
    assertThat(error.evidence().internalCause()).isEqualTo(InternalCause.LEASE_EXPIRED);
    assertThat(error.evidence().node()).isEqualTo("node-0");
    assertThat(life.expires().last).isEmpty();
  }

  @Test
  void onlyARunThatIsHeldCanBeLost() {
    assertThat(submitted(ON).expires().last).isEmpty();
    assertThat(submitted(ON).cancel().expires().last).isEmpty();
    assertThat(new JobLife(ON).expires().last).isEmpty();
  }

  @Test
  void aRunReportedAsLostCanStillSucceed() {
    JobLife life = submitted(ON).running(0).expires().report(0, RunState.SUCCEEDED);

    assertThat(life.lastEffects()).containsExactly("Succeeded", "DropSpec");
    assertThat(life.fails(0, EvidenceKind.LEASE_EXPIRED).last).isEmpty();
  }

  @Test
  void aRunThatItsExecutorGaveUpUnaskedIsReportedAsLost() {
    JobLife life = submitted(ON).running(0).report(0, RunState.STOPPED);

    assertThat(life.lastEffects()).containsExactly("Report");
    assertThat(life.state).isInstanceOf(ActiveJob.class);
  }
}
