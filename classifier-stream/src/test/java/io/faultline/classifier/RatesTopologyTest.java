package io.faultline.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.classify.Categories;
import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.Classifier;
import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.classify.FailureRate;
import io.faultline.domain.classify.FailureRate.Scope;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.evidence.JobError;
import io.faultline.rules.categories.CategoriesReader;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.InMemorySchemaRegistry;
import io.faultline.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatesTopologyTest {

  private static final Categories CATEGORIES =
      CategoriesReader.read("test", ClassifierDriver.CATEGORIES);

  @Test
  void failuresThatCountAreCountedByQueueAndCategoryAndByNodeForEachHour(@TempDir Path folder) {
    Codecs codecs = new Codecs(new InMemorySchemaRegistry());
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    Instant hour = Instant.parse("2026-03-01T10:00:00Z");
    try (TopologyTestDriver driver =
        new TopologyTestDriver(RatesTopology.of(codecs), properties, hour)) {
      TestInputTopic<String, ClassifiedError> classified =
          driver.createInputTopic(
              Topics.CLASSIFIED_ERRORS.name(),
              Codecs.keys().serializer(),
              codecs.serde(Topics.CLASSIFIED_ERRORS).serializer(),
              hour,
              Duration.ZERO);
      classified.pipeInput("a", classified(Failures.exit("a", 0, 1), true), hour.plusSeconds(1));
      classified.pipeInput("a", classified(Failures.exit("a", 0, 1), false), hour.plusSeconds(2));
      classified.pipeInput(
          "b", classified(Failures.exit("b", 0, 1), true), hour.plusSeconds(3_599));
      classified.pipeInput(
          "b", classified(Failures.exit("b", 1, 1), true), hour.plusSeconds(3_600));

      Map<String, FailureRate> rates =
          driver
              .createOutputTopic(
                  Topics.RATES.name(),
                  Codecs.keys().deserializer(),
                  codecs.serde(Topics.RATES).deserializer())
              .readKeyValuesToMap();
      assertThat(rates.values())
          .containsExactlyInAnyOrder(
              new FailureRate(Scope.QUEUE_CATEGORY, "research", "user-error", "", hour, 2),
              new FailureRate(Scope.NODE, "", "", "node-1", hour, 2),
              new FailureRate(
                  Scope.QUEUE_CATEGORY, "research", "user-error", "", hour.plusSeconds(3_600), 1),
              new FailureRate(Scope.NODE, "", "", "node-1", hour.plusSeconds(3_600), 1));
    }
  }

  private static ClassifiedError classified(JobError error, boolean counted) {
    Classification classification = Classifier.classify(CATEGORIES, error.evidence());
    return new ClassifiedError(
        error,
        classification,
        "default",
        7,
        counted,
        new FailureCounts(1, 1),
        FailureRates.UNKNOWN);
  }
}
