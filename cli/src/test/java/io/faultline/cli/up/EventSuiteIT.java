package io.faultline.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Event assertions against {@code up}: the project's own suite, and what users do with theirs. */
class EventSuiteIT {

  private static final Path SUITE = Path.of("..", "e2e");
  private static final Path EXAMPLES = Path.of("..", "deploy", "examples");
  private static final String JOB =
      """
      jobs:
        - priority: 0
          namespace: default
          podSpec:
            terminationGracePeriodSeconds: 0
            restartPolicy: Never
            containers:
              - name: main
                image: alpine:3.20.0
                %s
      """;

  @TempDir private static Path folder;
  private static UpProcess up;

  @BeforeAll
  static void start() throws IOException {
    up = new UpProcess(folder);
    for (String file : new String[] {"categories", "policies", "queues"}) {
      up.run("apply", "--wait", "-f", SUITE.resolve("rules").resolve(file + ".yaml").toString());
    }
    for (String file : new String[] {"policies", "queues"}) {
      up.run("apply", "--wait", "-f", EXAMPLES.resolve(file + ".yaml").toString());
    }
  }

  @AfterAll
  static void end() {
    up.close();
  }

  /** The whole life of every kind of failure; and its streams are judged alike without a server. */
  @Test
  void everyKindOfFailureHasItsEvents() throws IOException {
    String suite = SUITE.resolve("suite").toString();
    Path streams = folder.resolve("streams");
    Ran live = up.ran("test", "events", suite, "--record", streams.toString());
    assertThat(live.code()).as(live.out() + live.err()).isZero();
    long files;
    try (Stream<Path> specs = Files.list(SUITE.resolve("suite"))) {
      files = specs.count();
    }
    assertThat(live.out()).contains("pass " + files + ", fail 0");
    Ran recorded = Ran.faultline("test", "events", suite, "--recorded", streams.toString());
    assertThat(recorded.out()).contains("pass " + files + ", fail 0");
  }

  /** What docs/testing.md shows can be pasted: the first test, and its stream without a server. */
  @Test
  void documentedTestPassesLiveAndRecorded() throws IOException {
    String text = Files.readString(Path.of("..", "docs", "testing.md"));
    Path example = EXAMPLES.resolve("event-tests").resolve("transient.yaml");
    assertThat(Files.readString(example)).endsWith(block(text, "yaml event-test"));
    Ran live = up.ran("test", "events", example.toString());
    assertThat(live.code()).as(live.out() + live.err()).isZero();
    Path stream = folder.resolve("documented.jsonl");
    Files.writeString(stream, block(text, "json event-stream"));
    Ran recorded =
        Ran.faultline("test", "events", example.toString(), "--recorded", stream.toString());
    assertThat(recorded.code()).as(recorded.out() + recorded.err()).isZero();
  }

  private static String block(String text, String kind) {
    int begin = text.indexOf("```" + kind + "\n") + kind.length() + 4;
    return text.substring(begin, text.indexOf("```\n", begin));
  }

  /** As Armada's files write it: in the forms of all its years, with arguments alone. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "by id, once queued | `args: [\"sleep\", \"100s\"]` | `triggerEvent: queued\ncancel:\n  request: {}` | cancelled",
        "by ids | `args: [\"sleep\", \"100s\"]` | `cancel: BY_IDS` | cancelled",
        "the set | `args: [\"sleep\", \"100s\"]` | `triggerEvent: queued\ncancelJobSet:\n  request:` | cancelled",
        "an action | `args: [\"sleep\", \"100s\"]` | `action: ACTION_CANCEL\nselection: SELECTION_BY_SET\ntriggerEvent: running` | cancelled",
        "a queue of its own | `args: [\"ls\"]` | `queueConfig: {setup: {create: true, randomSuffix: true}}` | succeeded",
        "client ids | `args: [\"ls\"]` | `randomClientId: true` | succeeded",
        "no program | `args: [\"exit\", \"1\"]` | `getLogs: true` | failed",
        "out of memory | `args: [\"tail\", \"/dev/zero\"]\n          resources: {limits: {memory: 25Mi}}` | `name: oom` | failed",
        "memory in files | `command: [\"sh\", \"-c\", \"exec 3>/dev/shm/faultline-e2e; head -c 256000000 /dev/zero >&3; sleep 60\"]\n          resources: {limits: {memory: 25Mi}}` | `name: shm` | `failed: {failureCategory: oom}`",
      })
  void armadasFormsOfFilesRun(String name, String command, String action, String event)
      throws IOException {
    Path spec = folder.resolve(name.replace(' ', '-') + ".yaml");
    Files.writeString(
        spec,
        "numBatches: 1\nbatchSize: 2\nqueue: e2e-once\n"
            + JOB.formatted(command)
            + "---\n"
            + action
            + "\ntimeout: \"100s\"\nexpectedEvents:\n  - submitted:\n  - "
            + event
            + (event.contains(":") ? "\n" : ":\n"));
    Ran ran = up.ran("test", "events", spec.toString());
    assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
    Files.deleteIfExists(Path.of("/dev/shm/faultline-e2e"));
  }

  @Test
  void jobsThatNeverEndAreCancelledWhenTheTimeIsOver() throws IOException {
    Path spec = folder.resolve("never.yaml");
    Files.writeString(
        spec,
        "queue: e2e\njobSetId: never\n"
            + JOB.formatted("command: [sleep, \"600\"]")
            + "timeout: 8s\nexpectedEvents:\n  - running:\n  - succeeded:\n");
    Ran ran = up.ran("test", "events", spec.toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).contains("TIMEOUT", "✓ running", "? succeeded");
    assertThat(ran.err()).contains("0 of 1 tests done; of those under way 0 of 1 jobs");
    await("its job is cancelled")
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              JsonNode jobs = up.ask("get", "jobs", "--queue", "e2e", "--state", "CANCELLED");
              return jobs.findValuesAsText("jobSet").stream().anyMatch(s -> s.startsWith("never-"));
            });
  }

  @Test
  void whatTheServerRefusesNamesTheTest() throws IOException {
    Path missing = folder.resolve("missing.yaml");
    String expected = "expectedEvents: [submitted: ]\n";
    Files.writeString(missing, "queue: nowhere\n" + JOB.formatted("args: [ls]") + expected);
    Ran ran = up.ran("test", "events", missing.toString());
    assertThat(ran.code()).isEqualTo(4);
    assertThat(ran.err())
        .isEqualTo(
            "faultline: "
                + missing
                + ": queue \"nowhere\" is not there; create it, or give --create-queues\n");
    Path unknown = folder.resolve("unknown.yaml");
    Files.writeString(unknown, "queue: e2e\njobs: [{jobSpec: {}}]\n" + expected);
    Ran refused = up.ran("test", "events", unknown.toString(), missing.toString());
    assertThat(refused.code()).isEqualTo(4);
    assertThat(refused.err()).contains(unknown + ": ").contains("unknown key \"jobSpec\"");
    assertThat(up.ran("test", "events", missing.toString(), "--create-queues").code()).isZero();
  }
}
