package io.faultline.classifier;

import io.faultline.domain.classify.FailureRate;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topics;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.Stores;

/**
 * From classified-errors, through a topic that is keyed by what is counted, to the hourly rates. It
 * runs beside the classifier and commits at its own pace: no failure waits for it, and of the many
 * that count for one rate in a second, one update is written.
 */
final class RatesTopology {

  /** Failures by hour, by {@link RateKey}. */
  static final String RATES = "rates";

  private static final Duration HOUR = Duration.ofHours(1);

  /** Partitions that are read at different speeds after a pause may be that far apart. */
  private static final Duration LATE = Duration.ofHours(24);

  private RatesTopology() {}

  /** The topology. */
  static Topology of(Codecs codecs) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(
            Topics.CLASSIFIED_ERRORS.name(),
            Consumed.with(Codecs.keys(), codecs.serde(Topics.CLASSIFIED_ERRORS))
                .withName("classified-errors"))
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
                .withValueSerde(Serdes.Long()))
        .toStream(Named.as("rates-stream"))
        .map(
            (window, failures) -> {
              FailureRate rate =
                  RateKey.parse(window.key()).rate(window.window().startTime(), failures);
              return KeyValue.pair(rate.recordKey(), rate);
            },
            Named.as("rate-values"))
        .to(
            Topics.RATES.name(),
            Produced.with(Codecs.keys(), codecs.serde(Topics.RATES)).withName("to-rates"));
    return builder.build();
  }
}
