package io.faultline.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.classify.FailureRate;
import io.faultline.domain.classify.FailureRate.Scope;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.classify.RuleRef;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.JobIdentity;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.InMemorySchemaRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClassifierTopologyTest {

  private static final Duration MONTH = Duration.ofDays(30);

  private final ClassifierDriver driver = new ClassifierDriver();

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void aFailureGetsItsCategoryTheRevisionAndItsFirstCounts() {
    ClassifiedError classified = driver.classify(Failures.exit("a", 0, 1));

    assertThat(classified.error()).isEqualTo(Failures.exit("a", 0, 1));
    assertThat(classified.classification().info().category()).isEqualTo("user-error");
    assertThat(classified.classification().info().subcategory()).isEqualTo("exit-1");
    assertThat(classified.classification().rule()).isEqualTo(new RuleRef("user-error", 0));
    assertThat(classified.classification().message()).endsWith("\n\nLook at your code");
    assertThat(classified.categoriesName()).isEqualTo("default");
    assertThat(classified.categoriesRevision()).isEqualTo(7);
    assertThat(classified.counted()).isTrue();
    assertThat(classified.counts()).isEqualTo(new FailureCounts(1, 1));
  }

  @Test
  void aFailureGetsTheRatesOfItsHourAsTheyAreKnown() {
    Instant hour = Failures.AT.truncatedTo(ChronoUnit.HOURS);
    assertThat(driver.classify(Failures.exit("a", 0, 1)).rates()).isEqualTo(FailureRates.UNKNOWN);

    driver.known(new FailureRate(Scope.NODE, "", "", "node-1", hour, 4));
    assertThat(driver.classify(Failures.exit("a", 1, 1)).rates()).isEqualTo(new FailureRates(0, 4));

    driver.known(new FailureRate(Scope.QUEUE_CATEGORY, "research", "user-error", "", hour, 7));
    driver.known(new FailureRate(Scope.QUEUE_CATEGORY, "research", "transient", "", hour, 9));
    driver.known(new FailureRate(Scope.NODE, "", "", "node-1", hour.minusSeconds(3_600), 99));
    assertThat(driver.classify(Failures.exit("a", 2, 1)).rates()).isEqualTo(new FailureRates(7, 4));
    assertThat(driver.classify(Failures.exit("a", 3, 74)).rates())
        .isEqualTo(new FailureRates(9, 4));
    assertThat(driver.send(Failures.exit("b", 0, 1), hour.minusSeconds(1)).value().rates())
        .isEqualTo(new FailureRates(0, 99));
  }

  @Test
  void failuresOfAJobAreCountedAllTogetherAndByCategory() {
    assertThat(countsOf(Failures.exit("a", 0, 1))).isEqualTo(new FailureCounts(1, 1));
    assertThat(countsOf(Failures.exit("a", 1, 74))).isEqualTo(new FailureCounts(2, 1));
    assertThat(countsOf(Failures.exit("a", 2, 1))).isEqualTo(new FailureCounts(3, 2));
    assertThat(countsOf(Failures.exit("b", 0, 1))).isEqualTo(new FailureCounts(1, 1));
  }

  @Test
  void jobsOfAGangAreCountedEachByItself() {
    JobIdentity first = new JobIdentity("g1-a", "research", "s", "g1");
    JobIdentity second = new JobIdentity("g1-b", "research", "s", "g1");

    assertThat(countsOf(Failures.of(first, 0, 0, true, 1, ""))).isEqualTo(new FailureCounts(1, 1));
    assertThat(countsOf(Failures.of(second, 0, 0, true, 1, ""))).isEqualTo(new FailureCounts(1, 1));
  }

  @Test
  void aRepeatOfTheReportCountsNothingAndIsClassifiedAsBeforeWhateverIsInForceNow() {
    ClassifiedError first = driver.classify(Failures.exit("a", 0, 1));
    driver.inForce("research", 8, ClassifierDriver.CATEGORIES.replace("user-error", "renamed"));

    ClassifiedError again = driver.classify(Failures.exit("a", 0, 1));

    assertThat(again.counted()).isFalse();
    assertThat(again.classification()).isEqualTo(first.classification());
    assertThat(again.categoriesRevision()).isEqualTo(7);
    assertThat(again.counts()).isEqualTo(new FailureCounts(1, 1));
  }

  @Test
  void aSecondTerminalErrorOfTheRunIsKeptAsEvidenceOnly() {
    driver.classify(Failures.exit("a", 0, 1));

    ClassifiedError second = driver.classify(Failures.of("a", 0, 1, true, 74, "other"));

    assertThat(second.counted()).isFalse();
    assertThat(second.classification().info().category()).isEqualTo("transient");
    assertThat(second.counts()).isEqualTo(new FailureCounts(1, 0));
  }

  @Test
  void anErrorThatIsNotTerminalTakesNobodysPlace() {
    ClassifiedError early = driver.classify(Failures.of("a", 0, 0, false, 1, "first"));
    ClassifiedError terminal = driver.classify(Failures.of("a", 0, 1, true, 74, "last"));

    assertThat(early.counted()).isFalse();
    assertThat(early.counts()).isEqualTo(new FailureCounts(0, 0));
    assertThat(terminal.counted()).isTrue();
    assertThat(terminal.counts()).isEqualTo(new FailureCounts(1, 1));
  }

  @Test
  void newCategoriesTakeEffectAtTheNextFailure() {
    driver.classify(Failures.exit("a", 0, 1));
    driver.inForce("research", 8, ClassifierDriver.CATEGORIES.replace("user-error", "renamed"));

    ClassifiedError next = driver.classify(Failures.exit("a", 1, 1));

    assertThat(next.classification().info().category()).isEqualTo("renamed");
    assertThat(next.categoriesRevision()).isEqualTo(8);
    assertThat(next.counts()).isEqualTo(new FailureCounts(2, 1));
  }

  @Test
  void withoutCategoriesNothingHasOneButAllIsCounted() {
    JobIdentity job = new JobIdentity("a", "another", "s", null);

    ClassifiedError classified = driver.classify(Failures.of(job, 0, 0, true, 1, "m"));

    assertThat(classified.classification().info().category()).isEmpty();
    assertThat(classified.categoriesName()).isEmpty();
    assertThat(classified.categoriesRevision()).isZero();
    assertThat(classified.counts()).isEqualTo(new FailureCounts(1, 1));
  }

  @Test
  void aMessageOfAMebibyteAndOddCharactersGoThroughWhole() {
    String message = "\u0000<b>\ufffd🚀".repeat(150_000);

    ClassifiedError classified = driver.classify(Failures.of("a", 0, 0, true, 1, message));

    assertThat(classified.classification().info().terminationMessage()).isEqualTo(message);
  }

  @Test
  void theHeadersSayWhatTheEventIsAndHandTheTraceOn() {
    Headers headers = new RecordHeaders();
    headers.add("traceparent", "00-ab-cd-01".getBytes(StandardCharsets.UTF_8));
    headers.add("ce_id", "theirs".getBytes(StandardCharsets.UTF_8));
    JobError error = Failures.exit("a", 0, 1);

    TestRecord<String, ClassifiedError> out =
        driver.send(new TestRecord<>("a", error, headers, Failures.AT));

    assertThat(text(out, "ce_id")).isEqualTo(error.errorId());
    assertThat(text(out, "ce_source")).isEqualTo("/faultline/classifier-stream");
    assertThat(text(out, "ce_type")).isEqualTo("io.faultline.classified-error");
    assertThat(text(out, "traceparent")).isEqualTo("00-ab-cd-01");
    assertThat(out.getKey()).isEqualTo("a");
  }

  @Test
  void whatIsOlderThanItsTimeIsForgottenWhenTheStreamHasGoneOn() {
    driver.send(Failures.exit("old", 0, 1), Failures.AT);
    driver.send(Failures.exit("new", 0, 1), Failures.AT.plus(MONTH));
    driver.passTime(Duration.ofSeconds(10));
    assertThat(driver.keys(ClassifierTopology.JOB_COUNTS)).containsExactly("new", "old");

    driver.send(Failures.exit("new", 1, 1), Failures.AT.plus(MONTH).plusSeconds(1));
    driver.passTime(Duration.ofSeconds(10));

    assertThat(driver.keys(ClassifierTopology.JOB_COUNTS)).containsExactly("new");
    assertThat(driver.keys(ClassifierTopology.COUNTED_RUNS)).hasSize(2);
  }

  @Test
  void aFailureOfAJobKeepsItsEarlierCounts() {
    driver.send(Failures.exit("a", 0, 1), Failures.AT);
    driver.send(Failures.exit("a", 1, 1), Failures.AT.plus(MONTH).minusSeconds(1));
    driver.send(Failures.exit("b", 0, 1), Failures.AT.plus(MONTH).plusSeconds(1));
    driver.passTime(Duration.ofSeconds(10));

    assertThat(countsOf(Failures.exit("a", 2, 1))).isEqualTo(new FailureCounts(3, 3));
  }

  @Test
  void moreThanOneCallCanTakeIsForgottenInSeveral() {
    int all = 2 * Forgetting.BUDGET + 1;
    for (int i = 0; i < all; i++) {
      driver.send(Failures.exit("job-" + i, 0, 1), Failures.AT);
    }
    driver.send(Failures.exit("z", 0, 1), Failures.AT.plus(MONTH).plusSeconds(1));

    driver.passTime(Duration.ofSeconds(10));
    assertThat(driver.keys(ClassifierTopology.JOB_COUNTS)).hasSize(all - Forgetting.BUDGET + 1);
    driver.passTime(Duration.ofSeconds(10));
    driver.passTime(Duration.ofSeconds(10));
    assertThat(driver.keys(ClassifierTopology.JOB_COUNTS)).isEqualTo(List.of("z"));
    assertThat(driver.keys(ClassifierTopology.COUNTED_RUNS)).hasSize(1);
  }

  /**
   * The checked-in files are also the documentation's; see the module's README for their making.
   */
  @Test
  void theTopologiesAreTheOnesInTheFiles() throws Exception {
    Codecs codecs = new Codecs(new InMemorySchemaRegistry());
    KnownRates none = new KnownRates(InstantSource.system());
    isInFile(
        ClassifierTopology.of(ClassifierDriver.settings(), codecs, queue -> null, none),
        "/topology.txt");
    isInFile(RatesTopology.of(codecs), "/rates-topology.txt");
  }

  private void isInFile(Topology topology, String name) throws IOException {
    try (InputStream file = getClass().getResourceAsStream(name)) {
      assertThat(topology.describe().toString().strip())
          .isEqualTo(new String(file.readAllBytes(), StandardCharsets.UTF_8).strip());
    }
  }

  private FailureCounts countsOf(JobError error) {
    return driver.classify(error).counts();
  }

  private static String text(TestRecord<?, ?> record, String header) {
    return new String(record.getHeaders().lastHeader(header).value(), StandardCharsets.UTF_8);
  }
}
