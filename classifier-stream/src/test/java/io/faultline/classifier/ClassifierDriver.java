package io.faultline.classifier;

import io.faultline.app.SettingsReader;
import io.faultline.app.fixture.StateFolder;
import io.faultline.classifier.categories.CategoriesInForce;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.FailureRate;
import io.faultline.domain.evidence.JobError;
import io.faultline.rules.categories.CategoriesReader;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.InMemorySchemaRegistry;
import io.faultline.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The topology without a server. */
final class ClassifierDriver implements AutoCloseable {

  static final String CATEGORIES =
      """
      enabled: true
      defaultCategory: uncategorized
      categories:
        - name: user-error
          rules:
            - onExitCodes: {operator: In, values: [1]}
              subcategory: exit-1
              hint: "Look at your code"
        - name: transient
          rules:
            - onExitCodes: {operator: In, values: [74]}
      """;

  private final StateFolder state = new StateFolder();
  private final TopologyTestDriver driver;
  private final TestInputTopic<String, JobError> errors;
  private final TestOutputTopic<String, ClassifiedError> classified;
  private final Map<String, CategoriesInForce> byQueue = new HashMap<>();
  private final KnownRates rates = new KnownRates(InstantSource.fixed(Failures.AT));

  ClassifierDriver() {
    Codecs codecs = new Codecs(new InMemorySchemaRegistry());
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.path());
    driver = new TopologyTestDriver(topology(codecs), properties, Failures.AT);
    errors =
        driver.createInputTopic(
            Topics.JOB_ERRORS.name(),
            Codecs.keys().serializer(),
            codecs.serde(Topics.JOB_ERRORS).serializer(),
            Failures.AT,
            Duration.ZERO);
    classified =
        driver.createOutputTopic(
            Topics.CLASSIFIED_ERRORS.name(),
            Codecs.keys().deserializer(),
            codecs.serde(Topics.CLASSIFIED_ERRORS).deserializer());
    inForce("research", 7, CATEGORIES);
  }

  private Topology topology(Codecs codecs) {
    return ClassifierTopology.of(
        settings(), codecs, queue -> byQueue.getOrDefault(queue, CategoriesInForce.NONE), rates);
  }

  static ClassifierSettings settings() {
    return ClassifierSettings.read(SettingsReader.of(Map.of()));
  }

  void inForce(String queue, long revision, String yaml) {
    byQueue.put(
        queue, new CategoriesInForce("default", revision, CategoriesReader.read("test", yaml)));
  }

  void known(FailureRate rate) {
    rates.take(rate);
  }

  ClassifiedError classify(JobError error) {
    return send(error, Failures.AT).value();
  }

  TestRecord<String, ClassifiedError> send(JobError error, Instant at) {
    errors.pipeInput(error.job().recordKey(), error, at);
    return classified.readRecord();
  }

  TestRecord<String, ClassifiedError> send(TestRecord<String, JobError> record) {
    errors.pipeInput(record);
    return classified.readRecord();
  }

  void passTime(Duration time) {
    driver.advanceWallClockTime(time);
  }

  List<String> keys(String store) {
    KeyValueStore<String, Object> found = driver.getKeyValueStore(store);
    try (KeyValueIterator<String, Object> all = found.all()) {
      Stream.Builder<String> keys = Stream.builder();
      all.forEachRemaining(entry -> keys.add(entry.key));
      return keys.build().toList();
    }
  }

  @Override
  public void close() {
    driver.close();
    state.close();
  }
}
