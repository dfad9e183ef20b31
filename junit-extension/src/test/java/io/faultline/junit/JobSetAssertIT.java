package io.faultline.junit;

import static io.faultline.eventtest.ExpectedEvents.cancelled;
import static io.faultline.eventtest.ExpectedEvents.failed;
import static io.faultline.eventtest.ExpectedEvents.leased;
import static io.faultline.eventtest.ExpectedEvents.pending;
import static io.faultline.eventtest.ExpectedEvents.retryScheduled;
import static io.faultline.eventtest.ExpectedEvents.running;
import static io.faultline.eventtest.ExpectedEvents.submitted;
import static io.faultline.eventtest.ExpectedEvents.succeeded;
import static io.faultline.junit.FaultlineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.cli.CliException;
import io.faultline.rules.yaml.RuleFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Assertions on jobs that really run, on the embedded system. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JobSetAssertIT {

  @RegisterExtension
  static final FaultlineExtension EXTENSION =
      FaultlineExtension.embedded().withTimeout(Duration.ofMinutes(2));

  private static final String ENDLESS = "while :; do sleep 1; done";

  /** Left by the first test, which ended without ending it. */
  private static JobSet left;

  @BeforeAll
  static void rules(Faultline faultline) {
    faultline.apply(Jobs.RULES);
  }

  @Test
  @Order(1)
  void jobsMayBeLeftRunning(Faultline faultline) {
    left = faultline.submit(Jobs.script(ENDLESS));
    assertThat(left).emits(submitted(), running());
  }

  @Test
  @Order(2)
  void whatATestLeftIsCancelled() {
    assertThat(left).never(succeeded(), failed()).emits(submitted(), running(), cancelled());
  }

  @Test
  void aFailureThatPassesIsTriedAgain(Faultline faultline) {
    JobSet jobSet =
        faultline.submit(Jobs.script("[ $FAULTLINE_RUN_INDEX = 0 ] && exit 75; exit 0"));
    assertThat(jobSet)
        .never(failed())
        .emits(
            submitted(),
            failed().withCategory("transient").withPolicy("junit").retryable().times(1),
            retryScheduled().within(Duration.ofSeconds(30)),
            leased(),
            succeeded());
  }

  @Test
  void everyJobMustHaveTheEvents(Faultline faultline) {
    JobSet jobSet = faultline.submit(Jobs.script("exit 0"));
    jobSet.submit(Jobs.script("exit 0"));
    assertThat(jobSet.jobIds()).hasSize(2).doesNotHaveDuplicates();
    assertThat(jobSet).emits(submitted(), succeeded());
    jobSet.submit(Jobs.script("exit 1"));
    assertThatThrownBy(() -> assertThat(jobSet).emits(submitted(), succeeded()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("job " + jobSet.jobIds().get(2) + ":");
  }

  @Test
  void aFailureShowsWhatWasExpectedBesideWhatCame(Faultline faultline) {
    JobSet jobSet = faultline.submit(Jobs.script("exit 1"));
    assertThatThrownBy(
            () -> assertThat(jobSet).emits(submitted(), failed().withCategories("transient")))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("FAIL " + jobSet.name() + " (")
        .hasMessageContaining(
            "  failed differs: categories: expected [transient], got [user]\n"
                + ("  job " + jobSet.jobIds().get(0) + ":\n")
                + "      expected                    time        came\n"
                + "    ✓ submitted                   +0.000 s    submitted\n")
        .hasMessageContaining("    ✗ failed  ")
        .hasMessageContaining("failed, terminal, categories [user], category user");
  }

  @Test
  void waitingEndsInTime(Faultline faultline) {
    JobSet jobSet = faultline.submit(Jobs.script(ENDLESS));
    assertThat(jobSet).emits(submitted(), running());
    assertThatThrownBy(
            () -> assertThat(jobSet).within(Duration.ofMillis(500)).emits(submitted(), succeeded()))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("TIMEOUT " + jobSet.name())
        .hasMessageContaining("1 of 1 jobs have not had all their events")
        .hasMessageContaining("    ? succeeded");
    jobSet.cancel();
    assertThat(jobSet).emits(running(), cancelled());
  }

  @Test
  void softAssertionsAreAllJudged(Faultline faultline) {
    JobSet jobSet = faultline.submit(Jobs.script("exit 0"));
    FaultlineSoftAssertions softly = new FaultlineSoftAssertions();
    softly.assertThat(jobSet).emits(submitted(), failed());
    softly.assertThat(jobSet).strictly().emits(submitted(), leased(), pending(), running());
    softly.assertThat(jobSet).strictly().emits(submitted(), running());
    assertThat(softly.errorsCollected())
        .extracting(Throwable::getMessage)
        .satisfiesExactly(
            first -> assertThat(first).contains("the job is over (succeeded)"),
            second -> assertThat(second).contains("leased came where only running may come"));
  }

  @Test
  void jobsInFilesAndQueuesAreTheTestsOwn(Faultline faultline, @TempDir Path folder)
      throws IOException {
    faultline.createQueue("junit-plain");
    faultline.createQueue("junit-plain");
    Path file =
        Files.writeString(
            folder.resolve("jobs.yaml"), "jobSetId: nightly\n" + Jobs.in("junit-plain", "exit 0"));
    JobSet first = faultline.submit(file);
    JobSet second = faultline.submit(file);
    assertThat(first.queue()).isEqualTo("junit-plain");
    assertThat(first.name()).startsWith("nightly-").isNotEqualTo(second.name());
    assertThat(faultline.submit(Jobs.script("exit 0")).name())
        .startsWith("JobSetAssertIT.jobsInFilesAndQueuesAreTheTestsOwn-");
    assertThat(second).emits(submitted(), succeeded());
  }

  @Test
  void whatCanNotBeTestedIsSaid(Faultline faultline) {
    assertThatThrownBy(() -> faultline.submit("queue: junit\njobSetId: a\njobs: []"))
        .isInstanceOf(RuleFileException.class)
        .hasMessageContaining("job file:3:7: jobs: at least one job is expected");
    assertThatThrownBy(() -> faultline.submit(Jobs.in("nobodys", "exit 0")))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("nobodys");
    JobSet jobSet = faultline.submit(Jobs.script("exit 0"));
    assertThatThrownBy(() -> jobSet.submit(Jobs.in("other", "exit 0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is of queue \"junit\", not of \"other\"");
    assertThatThrownBy(() -> assertThat(jobSet).emits(failed().withDecision("rule", "again")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of a live decision only its policy is known");
    assertThatThrownBy(() -> faultline.apply("apiVersion: faultline.io/v1\nkind: Cue\nname: a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("unknown kind \"Cue\"");
  }
}
