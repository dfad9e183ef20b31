package io.faultline.eventtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.eventtest.TestJobs.Cancel;
import io.faultline.rules.yaml.YamlFile;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jobs of Armada's test files, in all the forms that these have had. */
class TestJobsReaderTest {

  @Test
  void jobsAreReadWithAllThatSaysHowTheyAreMade() {
    TestJobs jobs =
        read(
            """
            name: not the job set's
            numBatches: 2
            batchSize: 3
            interval: 1m30s
            queue: e2e-test-queue
            jobSetId: mine
            randomClientId: true
            queueConfig: {setup: {create: true, randomSuffix: true}}
            jobs:
              - {priority: 0, namespace: default, podSpec: {containers: []}}
              - {priority: 1}
            ---
            timeout: "300s"
            expectedEvents:
              - submitted:
            """);
    assertThat(jobs.size()).isEqualTo(12);
    assertThat(jobs.queue()).isEqualTo("e2e-test-queue");
    assertThat(jobs.createQueue()).isTrue();
    assertThat(jobs.randomQueue()).isTrue();
    assertThat(jobs.jobSet()).isEqualTo("mine");
    assertThat(jobs.interval()).isEqualTo(Duration.ofSeconds(90));
    assertThat(jobs.randomClientId()).isTrue();
    assertThat(jobs.jobs().get(0))
        .hasToString("{\"priority\":0,\"namespace\":\"default\",\"podSpec\":{\"containers\":[]}}");
    assertThat(jobs.cancel()).isNull();
  }

  @Test
  void whatIsNotWrittenIsOneJobInASetOfTheFilesName() {
    TestJobs jobs = read("queue: q\njobs: [{}]\nexpectedEvents: [submitted: ]");
    assertThat(jobs.size()).isEqualTo(1);
    assertThat(jobs.jobSet()).isEqualTo("file");
    assertThat(jobs.interval()).isZero();
    assertThat(jobs.createQueue() || jobs.randomQueue() || jobs.randomClientId()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "cancel: BY_ID | false | SUBMITTED | false",
        "cancel: BY_IDS | false | SUBMITTED | false",
        "cancel: BY_SET | true | SUBMITTED | false",
        "`cancel: {request: {}}\ntriggerEvent: queued` | false | SUBMITTED | false",
        "`cancelJobSet: {request: }\ntriggerEvent: running` | true | RUNNING | false",
        "cancelSet: | true | SUBMITTED | false",
        "cancelSet: {assertInactiveSucceeds: true} | true | SUBMITTED | true",
        "`action: ACTION_CANCEL\nselection: SELECTION_BY_IDS\ntriggerEvent: leased` | false | LEASED | false",
        "`action: ACTION_CANCEL\nselection: SELECTION_BY_SET` | true | SUBMITTED | false",
      })
  void jobsAreCancelledAsTheFileSays(String yaml, boolean bySet, EventKind trigger, boolean again) {
    assertThat(read("queue: q\njobs: [{}]\n" + yaml).cancel())
        .isEqualTo(new Cancel(bySet, trigger, again));
  }

  @Test
  void noActionIsNone() {
    assertThat(read("queue: q\njobs: [{}]\naction: ACTION_NONE").cancel()).isNull();
  }

  private static TestJobs read(String yaml) {
    return TestJobsReader.read(YamlFile.read("file.yaml", yaml), "file");
  }
}
