package io.faultline.classifier;

import io.faultline.classifier.categories.CategoriesInForce;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.CountedRun;
import io.faultline.domain.classify.JobCounts;
import io.faultline.domain.evidence.JobError;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.StateCodec;
import io.faultline.schemas.Topics;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** From job-errors to classified-errors in one step, with exact counts. */
final class ClassifierTopology {

  /** The counts of each job, by job id. */
  static final String JOB_COUNTS = "job-counts";

  /** Runs whose failure was counted, by job id and run id. */
  static final String COUNTED_RUNS = "counted-runs";

  private ClassifierTopology() {}

  /**
   * The topology.
   *
   * @param categoriesOfQueue the categories in force for a queue, asked for each failure
   * @param rates what is known of them, asked for each failure
   */
  static Topology of(
      ClassifierSettings settings,
      Codecs codecs,
      Function<String, CategoriesInForce> categoriesOfQueue,
      KnownRates rates) {
    StreamsBuilder builder = new StreamsBuilder();
    ProcessorSupplier<String, JobError, String, ClassifiedError> classify =
        new ProcessorSupplier<>() {
          @Override
          public ClassifyProcessor get() {
            return new ClassifyProcessor(settings, categoriesOfQueue, rates);
          }

          @Override
          public Set<StoreBuilder<?>> stores() {
            return Set.of(
                store(JOB_COUNTS, StateCodec.of(JobCounts.class)),
                store(COUNTED_RUNS, StateCodec.of(CountedRun.class)));
          }
        };
    builder.stream(
            Topics.JOB_ERRORS.name(),
            Consumed.with(Codecs.keys(), codecs.serde(Topics.JOB_ERRORS)).withName("job-errors"))
        .process(classify, Named.as("classify"))
        .to(
            Topics.CLASSIFIED_ERRORS.name(),
            Produced.with(Codecs.keys(), codecs.serde(Topics.CLASSIFIED_ERRORS))
                .withName("to-classified-errors"));
    return builder.build();
  }

  private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), values)
        .withCachingDisabled();
  }
}
