package io.faultline.classifier;

import io.faultline.app.CommonSettings;
import io.faultline.app.KafkaProperties;
import io.faultline.app.TopicPartitions;
import io.faultline.app.Worker;
import io.faultline.domain.classify.FailureRate;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topics;
import io.faultline.schemas.UndecodableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topic of rates, all its partitions, from the hour before this one on. The classifier
 * never waits for it: what it has not read is not known.
 */
final class RatesFollower implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RatesFollower.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final long PAUSE_MILLIS = 1_000;

  private final CommonSettings settings;
  private final Deserializer<FailureRate> codec;
  private final KnownRates rates;
  private final Worker worker;

  /** Follows once started. */
  RatesFollower(CommonSettings settings, Codecs codecs, KnownRates rates) {
    this.settings = settings;
    this.codec = codecs.serde(Topics.RATES).deserializer();
    this.rates = rates;
    this.worker = new Worker(ClassifierSettings.SERVICE + "-rates-follower", this::follow);
  }

  /** Begins to follow, and returns at once. */
  void start() {
    worker.start();
  }

  @Override
  public void close() {
    worker.close();
  }

  private void follow() throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      try (Consumer<String, byte[]> consumer =
          new KafkaConsumer<>(
              KafkaProperties.consumer(settings),
              new StringDeserializer(),
              new ByteArrayDeserializer())) {
        read(consumer);
      } catch (InterruptException e) {
        throw e;
      } catch (KafkaException e) {
        log.atWarn()
            .setMessage("rates can't be followed now, trying again")
            .addKeyValue("error", e.toString())
            .log();
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  private void read(Consumer<String, byte[]> consumer) {
    List<TopicPartition> partitions = TopicPartitions.of(consumer, Topics.RATES.name());
    consumer.assign(partitions);
    seek(consumer, partitions);
    while (!Thread.currentThread().isInterrupted()) {
      consumer.poll(POLL).forEach(this::take);
    }
  }

  /** A rate is published after its hour has begun, so older records tell of older hours only. */
  private void seek(Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
    long from = rates.oldest().toEpochMilli();
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, OffsetAndTimestamp> found =
        consumer.offsetsForTimes(partitions.stream().collect(Collectors.toMap(p -> p, p -> from)));
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp first = found.get(partition);
      consumer.seek(partition, first == null ? ends.get(partition) : first.offset());
    }
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    try {
      FailureRate rate = codec.deserialize(record.topic(), record.value());
      if (rate != null) {
        rates.take(rate);
      }
    } catch (UndecodableException e) {
      log.atWarn()
          .setMessage("a rate can't be decoded, it is passed over")
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .addKeyValue("error", e.getMessage())
          .log();
    }
  }
}
