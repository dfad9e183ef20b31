package io.faultline.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.faultline.cli.up.ExampleConsumer.Language;
import io.faultline.embedded.Ports;
import io.faultline.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The consumers of deploy/examples, as members of consumer groups on {@code up}. Each language's is
 * started once, reads everything from the beginning, and the tests look at what it printed.
 */
class ConsumersIT {

  private static final Path EXAMPLES = Path.of("..", "deploy", "examples");

  @TempDir private static Path folder;

  private static final Map<Language, ExampleConsumer> FIRST_RUNS = new EnumMap<>(Language.class);
  private static UpProcess up;
  private static String registry;
  private static String transientJob;
  private static String userError;
  private static String exhausted;

  @BeforeAll
  static void somethingFailsInEveryWay() throws Exception {
    up = new UpProcess(folder);
    registry = up.address("registry");
    for (String file : List.of("policies.yaml", "categories.yaml", "queues.yaml")) {
      up.run("apply", "--wait", "-f", EXAMPLES.resolve(file).toString());
    }
    transientJob = submit("transient");
    userError = submit("missing-module");
    exhausted = up.submit(folder, "research", "exit 74");
    up.awaitState(userError, "FAILED");
    up.awaitState(exhausted, "FAILED");
    up.awaitState(transientJob, "SUCCEEDED");
    try (EventWriter writer = new EventWriter(up.address("kafka"), registry)) {
      writer.rollBack(List.of(writer.failed("rolled-back", 0, false)));
      writer.commit(
          List.of(
              writer.failed("written", 3, true),
              writer.failed("written", 3, true),
              "no framing".getBytes(StandardCharsets.UTF_8),
              new byte[] {0, 0, 0, 0x12, 0x67, 1},
              writer.corrupt(),
              writer.paused("written", 4),
              writer.failedLater("written", 5),
              writer.failed("last", 0, false)));
    }
  }

  @AfterAll
  static void end() {
    FIRST_RUNS.values().forEach(ExampleConsumer::close);
    up.close();
  }

  @ParameterizedTest
  @EnumSource
  void aRetryableFailureAndTheEndOfAJobAreToldApartInOrder(Language language) throws Exception {
    ExampleConsumer consumer = firstRun(language);

    assertThat(words(consumer, transientJob)).containsExactly("retryable");
    assertThat(words(consumer, userError)).containsExactly("terminal");
    assertThat(words(consumer, exhausted))
        .containsExactly("retryable", "retryable", "retryable", "terminal");
    assertThat(lines(consumer, exhausted).get(3))
        .contains(" research/test transient/try-again exit 74 MaxRunsExceeded: ");
  }

  @ParameterizedTest
  @EnumSource
  void whatWasRolledBackIsNotSeen(Language language) throws Exception {
    assertThat(lines(firstRun(language), "rolled-back")).isEmpty();
  }

  @Test
  void withoutReadCommittedItWouldBeSeen() throws IOException {
    broker().awaitUncommitted(Topics.JOB_EVENTS.name(), "rolled-back");
  }

  @ParameterizedTest
  @EnumSource
  void aRepeatIsPassedOverAndSoIsAKindOfALaterVersionButNotItsFailures(Language language)
      throws Exception {
    assertThat(lines(firstRun(language), "written"))
        .containsExactly(
            "retryable written/3 research/written gpu/ecc exit 3 Error: two lines",
            "terminal written/5 research/written gpu/ecc exit 3 Error: two lines");
  }

  @ParameterizedTest
  @EnumSource
  void whatCantBeDecodedIsToldWithItsPlaceAndPassedOver(Language language) throws Exception {
    assertThat(firstRun(language).said().lines().filter(line -> line.startsWith("skipped ")))
        .hasSize(3)
        .allMatch(line -> line.matches("skipped faultline\\.job-events-\\d offset \\d+, .*"));
  }

  @ParameterizedTest
  @EnumSource
  void afterARestartNothingIsMissedAndNothingComesTwice(Language language) throws Exception {
    ExampleConsumer before = firstRun(language);
    int code = before.stop();
    broker().awaitNoMember(group(language));
    String whileAway = submit("missing-module");
    up.awaitState(whileAway, "FAILED");

    assertThat(code).isIn(0, 143);
    try (ExampleConsumer after = start(language, registry, group(language))) {
      after.awaitFailure(whileAway);
      after.stop();
      assertThat(after.failures()).hasSize(1);
      assertThat(words(after, whileAway)).containsExactly("terminal");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whileTheRegistryIsAwayItWaitsAndSkipsNothing(Language language) throws Exception {
    firstRun(language);
    int port = Ports.free();
    URI there = URI.create(registry);
    String away = "http://127.0.0.1:" + port + there.getPath();
    try (ExampleConsumer consumer = start(language, away, "waits-" + language)) {
      await("it waits")
          .atMost(Duration.ofMinutes(1))
          .until(() -> consumer.said().contains("schema registry is away, waiting"));
      assertThat(consumer.said()).doesNotContain("skipped");
      try (PortForward mended = new PortForward(port, there.getPort())) {
        mended.start();
        consumer.awaitFailure(" last/0 ");
        consumer.awaitFailure("terminal " + exhausted);
      }
      assertThat(words(consumer, exhausted))
          .containsExactly("retryable", "retryable", "retryable", "terminal");
    }
  }

  private static ExampleConsumer firstRun(Language language) throws Exception {
    ExampleConsumer consumer = FIRST_RUNS.get(language);
    if (consumer == null) {
      Optional<String> missing = language.missing();
      assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
      consumer = start(language, registry, group(language));
      FIRST_RUNS.put(language, consumer);
      consumer.awaitFailure(" last/0 ");
      consumer.awaitFailure("terminal " + exhausted);
      consumer.awaitFailure(transientJob);
      consumer.awaitFailure(userError);
    }
    return consumer;
  }

  private static String group(Language language) {
    return "failures-" + language.name();
  }

  private static ExampleConsumer start(Language language, String registry, String group)
      throws IOException {
    return new ExampleConsumer(language, up.address("kafka"), registry, group, folder);
  }

  private static String submit(String example) throws IOException {
    Path file = EXAMPLES.resolve("jobs").resolve(example + ".yaml");
    return up.ask("submit", "-f", file.toString()).findValue("jobId").asText();
  }

  private static Broker broker() throws IOException {
    return new Broker(up.address("kafka"));
  }

  private static List<String> lines(ExampleConsumer consumer, String job) throws IOException {
    return consumer.failures().stream().filter(line -> line.contains(" " + job + "/")).toList();
  }

  private static List<String> words(ExampleConsumer consumer, String job) throws IOException {
    return lines(consumer, job).stream().map(line -> line.split(" ")[0]).toList();
  }
}
