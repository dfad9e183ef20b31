package io.faultline.junit;

import static io.faultline.eventtest.ExpectedEvents.failed;
import static io.faultline.eventtest.ExpectedEvents.leased;
import static io.faultline.eventtest.ExpectedEvents.pending;
import static io.faultline.eventtest.ExpectedEvents.preempted;
import static io.faultline.eventtest.ExpectedEvents.running;
import static io.faultline.eventtest.ExpectedEvents.submitted;
import static io.faultline.eventtest.ExpectedEvents.succeeded;
import static io.faultline.junit.FaultlineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.rules.yaml.RuleFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Assertions on streams that were kept: they need no server. */
class RecordingAssertTest {

  private static final String LINES =
      """
      {"jobs": ["a"]}
      {"jobId": "a", "type": "submitted", "time": "2026-03-01T10:00:00Z"}
      {"jobId": "a", "type": "leased", "time": "2026-03-01T10:00:01Z", "runIndex": 0}
      {"jobId": "a", "type": "failed", "time": "2026-03-01T10:00:02Z", "failureCategory": "oom", "categories": ["oom"], "reason": "OOMKilled", "decision": {"policy": "ml", "retriesUsed": 2}}
      """;
  private static final Recording OOM = Recording.of(LINES);

  private static final String GANG =
      """
      {"jobs": ["a", "b"]}
      {"jobId": "a", "type": "running", "gangId": "g", "runIndex": 0}
      {"jobId": "b", "type": "running", "gangId": "g", "runIndex": 0}
      {"jobId": "a", "type": "failed", "gangId": "g", "runIndex": 0, "retryable": true}
      {"jobId": "a", "type": "running", "gangId": "g", "runIndex": 1}
      {"jobId": "a", "type": "succeeded", "gangId": "g", "runIndex": 1}
      {"jobId": "b", "type": "cancelled", "gangId": "g", "runIndex": 0}
      """;

  @Test
  void passesWhereAllEventsCameInThisOrder() {
    assertThat(OOM)
        .never(preempted())
        .emits(
            submitted(),
            leased().within(Duration.ofSeconds(1)),
            failed()
                .withCategories("oom")
                .withReason("^OOM")
                .withPolicy("ml")
                .withDecision("retriesUsed", 2));
  }

  @Test
  void aFailureShowsWhatWasExpectedBesideWhatCame() {
    assertThatThrownBy(
            () ->
                assertThat(OOM)
                    .as("the big one")
                    .emits(submitted(), failed().withCategories("gpu"), succeeded()))
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            """
            (?s)\\[the big one\\] FAIL recording \\(\\d+\\.\\d s\\)
              failed differs: categories: expected \\[gpu\\], got \\[oom\\]
              job a:
                  expected                    time        came
                ✓ submitted                   \\+0.000 s    submitted
                                              \\+1.000 s    leased
                ✗ failed                      \\+2.000 s    failed, terminal, categories \\[oom\\], category oom: OOMKilled
                \\? succeeded                               nothing""");
  }

  @Test
  void aStreamThatEndsTooEarlyIsATimeout() {
    assertThatThrownBy(() -> assertThat(Recording.of("{\"jobs\": [\"a\"]}")).emits(submitted()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("TIMEOUT recording")
        .hasMessageContaining("a awaits submitted");
  }

  @Test
  void whatMayNeverComeFailsIt() {
    assertThatThrownBy(
            () -> assertThat(OOM).never(preempted(), leased()).emits(submitted(), failed()))
        .hasMessageContaining("leased is forbidden");
  }

  @Test
  void strictlyNothingComesBetween() {
    assertThat(OOM).strictly().emits(submitted(), leased(), failed());
    assertThatThrownBy(() -> assertThat(OOM).strictly().emits(submitted(), failed()))
        .hasMessageContaining("leased came where only failed may come");
  }

  @Test
  void gangsHaveASizeEndAlikeAndRunTogether() {
    Recording gang = Recording.of(GANG);
    assertThat(gang).inGangsOf(2).emits(running());
    assertThatThrownBy(() -> assertThat(gang).inGangsOf(3).emits(running()))
        .hasMessageContaining("gang g has 2 jobs, not the 3 that are expected");
    assertThatThrownBy(() -> assertThat(gang).inGangsThatEndAlike().emits(running()))
        .hasMessageContaining("cancelled, and job a of the same gang succeeded");
    assertThatThrownBy(
            () -> assertThat(gang).inGangsThatRunTogether().emits(running(), running().times(2)))
        .hasMessageContaining("run 1 is running while job b of the same gang still has run 0");
  }

  @Test
  void softAssertionsAreAllJudged() {
    FaultlineSoftAssertions softly = new FaultlineSoftAssertions();
    softly.assertThat(OOM).emits(submitted());
    softly.assertThat(OOM).strictly().emits(pending());
    softly.assertThat(OOM).never(leased()).emits(failed());
    softly.assertThat(1).isEqualTo(2);
    assertThat(softly.errorsCollected())
        .extracting(Throwable::getMessage)
        .satisfiesExactly(
            first -> assertThat(first).contains("submitted came where only pending may come"),
            second -> assertThat(second).contains("leased is forbidden"),
            third -> assertThat(third).contains("expected: 2"));
  }

  @Test
  void aFileIsReadByEachAssertion(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("oom.jsonl"), LINES);
    Recording kept = Recording.in(file);
    assertThat(kept).emits(submitted());
    assertThat(kept).emits(submitted(), failed());
    assertThatThrownBy(() -> assertThat(kept).emits(succeeded()))
        .hasMessageStartingWith("FAIL " + file + " (");
  }

  @Test
  void whatCanNotBeJudgedIsSaid(@TempDir Path folder) {
    assertThatThrownBy(() -> assertThat(Recording.in(folder.resolve("none"))).emits(submitted()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot read " + folder.resolve("none"));
    assertThatThrownBy(() -> assertThat(Recording.of("oops")).emits(submitted()))
        .isInstanceOf(RuleFileException.class)
        .hasMessageContaining("recording:1:1: is not JSON");
    assertThatThrownBy(() -> assertThat(OOM).emits())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at least one event is expected");
    assertThatThrownBy(() -> assertThat(OOM).inGangsOf(0).emits(submitted()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a gang has at least 1 job, not 0");
    assertThatThrownBy(() -> assertThat((Recording) null).emits(submitted()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("not to be null");
  }
}
