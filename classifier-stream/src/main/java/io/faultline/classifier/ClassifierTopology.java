package io.faultline.classifier;

import io.faultline.classifier.categories.CategoriesInForce;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.CountedRun;
import io.faultline.domain.classify.FailureRate;
import io.faultline.domain.classify.JobCounts;
import io.faultline.domain.evidence.JobError;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.StateCodec;
import io.faultline.schemas.Topics;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * From job-errors to classified-errors in one step, with exact counts; and off the side, through a
 * topic that is keyed by what is counted, to the hourly rates.
 */
final class ClassifierTopology {

  /** The counts of each job, by job id. */
  static final String JOB_COUNTS = "job-counts";

  /** Runs whose failure was counted, by job id and run id. */
  static final String COUNTED_RUNS = "counted-runs";

  /** Failures by hour, by {@link RateKey}. */
  static final String RATES = "rates";

  private static final Duration HOUR = Duration.ofHours(1);

  /** Partitions that are read at different speeds after a pause may be that far apart. */
  private static final Duration LATE = Duration.ofHours(24);

  private ClassifierTopology() {}

  /**
   * The topology.
   *
   * @param categoriesOfQueue the categories in force for a queue, asked for each failure
   */
  static Topology of(
      ClassifierSettings settings,
      Codecs codecs,
      Function<String, CategoriesInForce> categoriesOfQueue) {
    StreamsBuilder builder = new StreamsBuilder();
    ProcessorSupplier<String, JobError, String, ClassifiedError> classify =
        new ProcessorSupplier<>() {
          @Override
          public ClassifyProcessor get() {
            return new ClassifyProcessor(settings.remember(), categoriesOfQueue);
          }

          @Override
          public Set<StoreBuilder<?>> stores() {
            return Set.of(
                store(JOB_COUNTS, StateCodec.of(JobCounts.class)),
                store(COUNTED_RUNS, StateCodec.of(CountedRun.class)));
          }
        };
    KStream<String, ClassifiedError> classified =
        builder.stream(
                Topics.JOB_ERRORS.name(),
                Consumed.with(Codecs.keys(), codecs.serde(Topics.JOB_ERRORS))
                    .withName("job-errors"))
            .process(classify, Named.as("classify"));
    classified.to(
        Topics.CLASSIFIED_ERRORS.name(),
        Produced.with(Codecs.keys(), codecs.serde(Topics.CLASSIFIED_ERRORS))
            .withName("to-classified-errors"));
    rates(classified, codecs);
    return builder.build();
  }

  private static void rates(KStream<String, ClassifiedError> classified, Codecs codecs) {
    classified
        .process(RateKeyProcessor::new, Named.as("rate-keys"))
        .repartition(
            Repartitioned.with(Serdes.String(), Serdes.ByteArray()).withName("rates-by-key"))
        .groupByKey(Grouped.with("rates-by-key", Serdes.String(), Serdes.ByteArray()))
        .windowedBy(TimeWindows.ofSizeAndGrace(HOUR, LATE))
        .count(
            Named.as("count-rates"),
            Materialized.<String, Long>as(
                    Stores.persistentWindowStore(RATES, HOUR.plus(LATE).plus(HOUR), HOUR, false))
                .withKeySerde(Serdes.String())
                .withValueSerde(Serdes.Long())
                .withCachingDisabled())
        .toStream(Named.as("rates-stream"))
        .map(
            (window, failures) -> {
              FailureRate rate =
                  RateKey.parse(window.key()).rate(window.window().startTime(), failures);
              return org.apache.kafka.streams.KeyValue.pair(rate.recordKey(), rate);
            },
            Named.as("rate-values"))
        .to(
            Topics.RATES.name(),
            Produced.with(Codecs.keys(), codecs.serde(Topics.RATES)).withName("to-rates"));
  }

  private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), values)
        .withCachingDisabled();
  }
}
