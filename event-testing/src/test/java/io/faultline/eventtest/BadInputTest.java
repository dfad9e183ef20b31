package io.faultline.eventtest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlFile;
import java.io.BufferedReader;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can't be used is refused by file, place, value and what is allowed. */
class BadInputTest {

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | spec.yaml:1:1: one or two documents are expected, not 0",
        "`a: 1\n---\nb: 2\n---\nc: 3` | one or two documents are expected, not 3",
        "`timeout: 3s` | the key \"expectedEvents\" is missing",
        "`expectedEvents: []` | spec.yaml:1:17: expectedEvents: at least one event is expected",
        "`expectedEvents:` | expectedEvents: at least one event is expected",
        "`expectedEvents: [submitted: ]\nexpected: 3` | unknown key \"expected\"; allowed: timeout, expectedEvents",
        "`expectedEvents: [exploded: ]` | expectedEvents[0]: unknown event \"exploded\"; allowed: submitted, queued",
        "`expectedEvents: [{submitted: , failed: }]` | one event is expected, as in \"- submitted:\", not 2",
        "`expectedEvents: [{submitted: {categories: []}}]` | unknown key \"categories\"; allowed: within, count",
        "`expectedEvents: [{failed: {category: oom}}]` | unknown key \"category\"; allowed: categories, failureCategory",
        "`expectedEvents: [{failed: {reason: \"(\"}}]` | expectedEvents[0].failed.reason: \"(\" is",
        "`expectedEvents: [{failed: {retryable: maybe}}]` | retryable: true or false is expected",
        "`expectedEvents: [{failed: {count: 0}}]` | failed.count: ",
        "`expectedEvents: [{failed: {within: 3s}}]` | within: the first event has none before it",
        "`expectedEvents: [{failed: {decision: {}}}]` | decision: at least one of policy, rule",
        "`expectedEvents: [{failed: {decision: {by: me}}}]` | unknown key \"by\"; allowed: policy, rule, decision",
        "`expectedEvents: [{failed: {decision: {retriesUsed: -1}}}]` | decision.retriesUsed: ",
        "`expectedEvents: [{failed: {decision: {mutations: 3}}}]` | decision.mutations: a map is expected",
        "`expectedEvents: [submitted: ]\ngangs: {size: 0}` | gangs.size: ",
        "`expectedEvents: [submitted: ]\nforbiddenEvents: [{failed: {count: 2}}]` | a forbidden event has neither",
        "`timeout: soon\nexpectedEvents: [submitted: ]` | \"soon\" is no duration; allowed: such as 300s",
        "`timeout: 0s\nexpectedEvents: [submitted: ]` | is no duration",
        "`timeout: 3s\n---\ntimeout: 4s\nexpectedEvents: [submitted: ]` | spec.yaml:3:10: timeout: stands in both documents",
      })
  void testFile(String yaml, String message) {
    assertThatThrownBy(() -> EventTestReader.read(YamlFile.read("spec.yaml", yaml)))
        .isInstanceOf(RuleFileException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "queue: q | the key \"jobs\" is missing",
        "jobs: [{}] | the key \"queue\" is missing",
        "`queue: q\njobs: []` | jobs: at least one job is expected",
        "`queue: q\njobs: [3]` | jobs[0]: a map is expected",
        "`queue: q\njobs: [{}]\nnumBatches: 0` | numBatches: ",
        "`queue: q\njobs: [{}, {}]\nnumBatches: 1000\nbatchSize: 1000` | jobs: at most 100000 jobs in all",
        "`queue: q\njobs: [{}]\naction: ACTION_PREEMPT` | action: can't be done here: there is no command that preempts",
        "`queue: q\njobs: [{}]\naction: ACTION_REPRIORITIZE` | action: can't be done here: jobs have no priority",
        "`queue: q\njobs: [{}]\naction: ACTION_DANCE` | \"ACTION_DANCE\" is no action",
        "`queue: q\njobs: [{}]\naction: ACTION_CANCEL` | the key \"selection\" is missing",
        "`queue: q\njobs: [{}]\ncancel: BY_MAGIC` | unknown way to cancel \"BY_MAGIC\"; allowed: BY_ID",
        "`queue: q\njobs: [{}]\ntriggerEvent: exploded` | triggerEvent: unknown event \"exploded\"",
        "`queue: q\njobs: [{}]\nconfig: {a: b}` | config: can't be done here: a test can't change",
        "`queue: q\njobs: [{}]\npreemptOnNode: {}` | preemptOnNode: can't be done here",
        "`queue: q\njobs: [{}]\nqueueConfig: {update: {}}` | unknown key \"update\"; allowed: setup",
      })
  void jobs(String yaml, String message) {
    assertThatThrownBy(() -> TestJobsReader.read(YamlFile.read("spec.yaml", yaml), "name"))
        .isInstanceOf(RuleFileException.class)
        .hasMessageContaining(message);
  }

  /** Ten levels of ten: ten thousand million events, were they written out. */
  @Test
  void yamlBombIsRefusedByItsAliases() {
    StringBuilder bomb = new StringBuilder("a0: &a0 {submitted: }\n");
    for (int i = 1; i <= 10; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(10)));
    }
    bomb.append("expectedEvents: *a10\n");
    assertThatThrownBy(() -> EventTestReader.read(YamlFile.read("bomb.yaml", bomb.toString())))
        .isInstanceOf(RuleFileException.class)
        .hasMessageContaining("bomb.yaml");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | stream:1:1: is empty; the first line names the jobs",
        "`[]` | stream:1:1: one JSON object is expected on each line",
        "`{\"jobs\": []}` | stream:1:1: jobs: the first line names the jobs",
        "`{\"jobs\": [7]}` | stream:1:1: jobs: text is expected, not 7",
        "`{\"jobs\": [\"a\"]}\n{oops` | stream:2:1: is not JSON",
        "`{\"jobs\": [\"a\"]}\n{\"jobId\": \"a\"}` | stream:2:1: type: unknown event \"\"; allowed: submitted",
        "`{\"jobs\": [\"a\"]}\n\n{\"type\": \"queued\"}` | stream:3:1: jobId: the job's id is missing",
        "`{\"jobs\": [\"a\"]}\n{\"jobId\": \"a\", \"type\": \"queued\", \"time\": \"noon\"}` | time: \"noon\" is no time such as",
        "`{\"jobs\": [\"a\"]}\n{\"jobId\": \"a\", \"type\": \"queued\", \"runIndex\": -1}` | runIndex: a whole number from 0",
        "`{\"jobs\": [\"a\"]}\n{\"jobId\": \"a\", \"type\": \"failed\", \"retryable\": 1}` | retryable: true or false is expected, not 1",
        "`{\"jobs\": [\"a\"]}\n{\"jobId\": \"a\", \"type\": \"failed\", \"decision\": 1}` | decision: an object is expected, not 1",
        "`{\"jobs\": [\"a\"]}\n{\"jobId\": \"a\", \"type\": \"failed\", \"categories\": {\"a\": \"b\"}}` | categories: a list is expected",
      })
  void recordedStream(String lines, String message) {
    EventTest test =
        EventTestReader.read(YamlFile.read("spec.yaml", "expectedEvents: [succeeded: ]"));
    assertThatThrownBy(
            () -> RecordedStream.judge(test, "stream", new BufferedReader(new StringReader(lines))))
        .isInstanceOf(RuleFileException.class)
        .hasMessageContaining(message);
  }
}
