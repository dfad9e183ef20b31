package io.faultline.classifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultline.app.SettingsReader;
import io.faultline.app.fixture.RealKafka;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.schemas.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The classifier on a real broker with a real registry. */
class ClassifierIT {

  private static final Duration LONG = Duration.ofSeconds(90);
  private static final int MIB = 1 << 20;

  private static RealKafka kafka;
  private static long revision;

  @TempDir private Path stateDir;
  private final List<AutoCloseable> running = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    kafka = new RealKafka();
    apply(ClassifierDriver.CATEGORIES);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable app : running) {
      app.close();
    }
  }

  @Test
  void editedCategoriesTakeEffectWithoutARestart() {
    app("one", stateDir);
    send(Failures.exit("edited", 0, 1));
    await().atMost(LONG).until(() -> classified("edited").size(), n -> n == 1);
    long before = classified("edited").get(0).categoriesRevision();

    apply(ClassifierDriver.CATEGORIES.replace("user-error", "renamed"));
    try {
      await()
          .atMost(LONG)
          .until(
              () -> {
                send(Failures.exit("edited", classified("edited").size(), 1));
                List<ClassifiedError> all = classified("edited");
                return all.get(all.size() - 1).classification().info().category();
              },
              "renamed"::equals);
    } finally {
      apply(ClassifierDriver.CATEGORIES);
    }
    List<ClassifiedError> all = classified("edited");
    assertThat(all.get(all.size() - 1).categoriesRevision()).isEqualTo(before + 1);
  }

  @Test
  void badRecordsBecomeDeadLettersAndLargeOnesGoThrough() {
    app("one", stateDir);
    byte[] unknownId = ByteBuffer.allocate(20).put((byte) 0).putInt(1_000_000).array();
    kafka.sendBytes(Topics.JOB_ERRORS, "bad", "{\"not\":\"avro\"}".getBytes(UTF_8));
    kafka.sendBytes(Topics.JOB_ERRORS, "bad", unknownId);
    kafka.sendBytes(Topics.JOB_ERRORS, "bad", null);
    send(Failures.of("bad", 0, 0, true, 1, "\u0000".repeat(MIB) + "x".repeat(2 * MIB)));
    send(Failures.exit("bad", 1, 74));

    await().atMost(LONG).until(() -> classified("bad").size(), n -> n == 2);
    assertThat(classified("bad").get(0).classification().info().terminationMessage())
        .hasSize(3 * MIB);
    assertThat(kafka.readBytes(Topics.DEAD_LETTERS))
        .filteredOn(r -> "bad".equals(r.key()))
        .extracting(r -> text(r, "dl-reason"))
        .containsExactly("not_framed", "unknown_schema");
  }

  @Test
  void theCountsOfAJobAreAnsweredByEveryInstanceForThoseWhoHoldTheToken(@TempDir Path otherDir)
      throws Exception {
    ClassifierApp one = app("one", stateDir);
    ClassifierApp two = app("two", otherDir);
    for (int i = 0; i < 8; i++) {
      send(Failures.exit("asked-" + i, 0, 1));
    }
    send(Failures.exit("asked-0", 1, 74));
    await().atMost(LONG).until(() -> one.ready() && two.ready());
    await().atMost(LONG).until(() -> classified("asked-0").size(), n -> n == 2);

    for (ClassifierApp app : List.of(one, two)) {
      for (int i = 0; i < 8; i++) {
        String job = "asked-" + i;
        await().atMost(LONG).until(() -> ask(app, job, "secret").statusCode(), s -> s == 200);
      }
      assertThat(ask(app, "asked-0", "secret").body())
          .contains("\"failures\":2,\"byCategory\":{\"transient\":1,\"user-error\":1}");
      assertThat(ask(app, "never-failed", "secret").statusCode()).isEqualTo(404);
      assertThat(ask(app, "asked-0", "wrong").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void theRatesThatAreCountedComeBackWithLaterFailures() {
    app("one", stateDir);
    AtomicInteger run = new AtomicInteger();
    await()
        .atMost(LONG)
        .until(
            () -> {
              send(Failures.exit("rated", run.getAndIncrement(), 1));
              return classified("rated").stream()
                  .map(ClassifiedError::rates)
                  .anyMatch(rates -> rates.nodeHour() > 0 && rates.queueCategoryHour() > 0);
            });
  }

  @Test
  void killedAgainAndAgainItCountsEachRunOnce(@TempDir Path wiped) throws Exception {
    Random random = new Random(7);
    Set<String> runs = new HashSet<>();
    Process process = process(stateDir);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 200; i++) {
        JobError error = Failures.exit("killed-" + random.nextInt(20), random.nextInt(12), 1);
        runs.add(error.errorId());
        send(error);
      }
      int seen = round;
      await().atMost(LONG).until(() -> jobsOf("killed-").size() > 100 * seen + 20);
      process.destroyForcibly().waitFor();
      process = process(round == 1 ? wiped : stateDir);
    }
    send(Failures.exit("killed-fence-0", 0, 1));
    send(Failures.exit("killed-fence-1", 0, 1));
    send(Failures.exit("killed-fence-2", 0, 1));
    send(Failures.exit("killed-fence-3", 0, 1));
    await().atMost(LONG).until(() -> jobsOf("killed-fence").size(), n -> n == 4);

    List<ClassifiedError> all = jobsOf("killed-");
    assertThat(all).hasSize(3 * 200 + 4);
    Map<String, List<Long>> counts = new HashMap<>();
    all.stream()
        .filter(ClassifiedError::counted)
        .forEach(
            e ->
                counts
                    .computeIfAbsent(e.error().job().jobId(), job -> new ArrayList<>())
                    .add(e.counts().job()));
    assertThat(counts.values())
        .allSatisfy(
            of ->
                assertThat(of)
                    .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, of.size()).boxed().toList()));
    assertThat(
            all.stream()
                .filter(ClassifiedError::counted)
                .map(e -> e.error().errorId())
                .collect(Collectors.toSet()))
        .containsAll(runs)
        .hasSize(runs.size() + 4);
  }

  @Test
  void closedAndStartedOnAnEmptyFolderItStillKnowsItsCounts(@TempDir Path empty) {
    ClassifierApp first = app("one", stateDir);
    send(Failures.exit("moved", 0, 1));
    await().atMost(LONG).until(() -> classified("moved").size(), n -> n == 1);
    running.remove(first);
    first.close();

    app("one", empty);
    send(Failures.exit("moved", 0, 1));
    send(Failures.exit("moved", 1, 1));

    await().atMost(LONG).until(() -> classified("moved").size(), n -> n == 3);
    assertThat(classified("moved"))
        .extracting(ClassifiedError::counted)
        .containsExactly(true, false, true);
    assertThat(classified("moved").get(2).counts()).isEqualTo(new FailureCounts(2, 2));
  }

  private ClassifierApp app(String instance, Path state) {
    Map<String, String> settings = kafka.settings(state);
    settings.put("instance.id", instance);
    ClassifierApp app = new ClassifierApp(ClassifierSettings.read(SettingsReader.of(settings)));
    running.add(app);
    app.start();
    return app;
  }

  private Process process(Path state) {
    Process process =
        kafka.process(Main.class, kafka.settings(state), Path.of("target", "classifier-it.log"));
    running.add(
        () -> {
          process.destroyForcibly();
          assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        });
    return process;
  }

  private HttpResponse<String> ask(ClassifierApp app, String job, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(app.url() + "/counts/" + job))
            .header("Authorization", "Bearer " + token)
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static void apply(String categories) {
    revision++;
    kafka.send(
        Topics.RESOURCES,
        "Categories/default",
        new Resource(
            ResourceKind.CATEGORIES, "default", revision, false, categories, Failures.AT, "ann"));
  }

  private static void send(JobError error) {
    kafka.send(Topics.JOB_ERRORS, error.job().recordKey(), error);
  }

  private static List<ClassifiedError> classified(String job) {
    return kafka.read(Topics.CLASSIFIED_ERRORS).stream()
        .filter(e -> e.error().job().jobId().equals(job))
        .toList();
  }

  private static List<ClassifiedError> jobsOf(String prefix) {
    return kafka.read(Topics.CLASSIFIED_ERRORS).stream()
        .filter(e -> e.error().job().jobId().startsWith(prefix))
        .toList();
  }

  private static String text(ConsumerRecord<?, ?> record, String header) {
    return new String(record.headers().lastHeader(header).value(), UTF_8);
  }
}
