package io.faultline.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.faultline.cli.up.ExampleConsumer.Language;
import io.faultline.schemas.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
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
  private static String transientJob;
  private static String userError;
  private static String exhausted;

  @BeforeAll
  static void somethingFailsInEveryWay() throws Exception {
    up = new UpProcess(folder);
    for (String file : List.of("policies.yaml", "categories.yaml", "queues.yaml")) {
      up.run("apply", "--wait", "-f", EXAMPLES.resolve(file).toString());
    }
    transientJob = submit("transient");
    userError = submit("missing-module");
    exhausted = up.submit(folder, "research", "exit 74");
    up.awaitState(userError, "FAILED");
    up.awaitState(exhausted, "FAILED");
    up.awaitState(transientJob, "SUCCEEDED");
    try (EventWriter writer = new EventWriter(up.address("kafka"), up.address("registry"))) {
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
    List<String> seen = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", up.address("kafka"),
                "group.id", "uncommitted",
                "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(Topics.JOB_EVENTS.name()));
      await("an event that was rolled back")
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(100))
                    .forEach(r -> seen.add(new String(r.value(), StandardCharsets.UTF_8)));
                return seen.stream().anyMatch(value -> value.contains("rolled-back"));
              });
    }
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
    awaitNoMember(group(language));
    String whileAway = submit("missing-module");
    up.awaitState(whileAway, "FAILED");

    assertThat(code).isIn(0, 143);
    try (ExampleConsumer after = new ExampleConsumer(language, up, group(language), folder)) {
      after.awaitFailure(whileAway);
      after.stop();
      assertThat(after.failures()).hasSize(1);
      assertThat(words(after, whileAway)).containsExactly("terminal");
    }
  }

  private static ExampleConsumer firstRun(Language language) throws Exception {
    ExampleConsumer consumer = FIRST_RUNS.get(language);
    if (consumer == null) {
      Optional<String> missing = language.missing();
      assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
      consumer = new ExampleConsumer(language, up, group(language), folder);
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

  private static String submit(String example) throws IOException {
    Path file = EXAMPLES.resolve("jobs").resolve(example + ".yaml");
    return up.ask("submit", "-f", file.toString()).findValue("jobId").asText();
  }

  private static void awaitNoMember(String group) throws IOException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", up.address("kafka")))) {
      await("the group has no member")
          .atMost(Duration.ofSeconds(5)) // a member that is only gone stays for 45
          .until(
              () ->
                  admin
                      .describeConsumerGroups(List.of(group))
                      .describedGroups()
                      .get(group)
                      .get()
                      .groupState()
                      .equals(GroupState.EMPTY));
    }
  }

  private static List<String> lines(ExampleConsumer consumer, String job) throws IOException {
    return consumer.failures().stream().filter(line -> line.contains(" " + job + "/")).toList();
  }

  private static List<String> words(ExampleConsumer consumer, String job) throws IOException {
    return lines(consumer, job).stream().map(line -> line.split(" ")[0]).toList();
  }
}
