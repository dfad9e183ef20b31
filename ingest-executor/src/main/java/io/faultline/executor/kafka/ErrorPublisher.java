package io.faultline.executor.kafka;

import io.faultline.app.CommonSettings;
import io.faultline.app.KafkaProperties;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.watched.WatchedFailure;
import io.faultline.executor.ExecutorSettings;
import io.faultline.schemas.CloudEventHeaders;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes failures of runs that nobody of ours holds: there is no lease to end with them, so each
 * is published by itself. So are failures of Jobs of others. Safe for use by several threads.
 */
public final class ErrorPublisher implements Consumer<JobError>, AutoCloseable {

  private static final int PATIENCE_MILLIS = 10_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final Codecs codecs;
  private final ExecutorMetrics metrics;

  /** Publishes with these settings; asks nothing yet. */
  public ErrorPublisher(CommonSettings common, Codecs codecs, ExecutorMetrics metrics) {
    Map<String, Object> properties = KafkaProperties.producer(common);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    this.codecs = codecs;
    this.metrics = metrics;
  }

  /**
   * Returns once the error is safe.
   *
   * @throws KafkaException where it may not be
   */
  @Override
  public void accept(JobError error) {
    try (var serializer = codecs.serde(Topics.JOB_ERRORS).serializer()) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              Topics.JOB_ERRORS.name(),
              error.job().recordKey().getBytes(StandardCharsets.UTF_8),
              serializer.serialize(Topics.JOB_ERRORS.name(), error));
      CloudEventHeaders.of(error, ExecutorSettings.SERVICE).addTo(record.headers());
      producer.send(record).get();
      metrics.told();
    } catch (ExecutionException e) {
      throw new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /**
   * Tells of Jobs of others that failed; returns once all of it is safe.
   *
   * @throws KafkaException where it may not be
   */
  public void tell(List<WatchedFailure> failures) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (var serializer = codecs.serde(Topics.WATCHED_FAILURES).serializer()) {
      for (WatchedFailure failure : failures) {
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(
                Topics.WATCHED_FAILURES.name(),
                failure.member().job().recordKey().getBytes(StandardCharsets.UTF_8),
                serializer.serialize(Topics.WATCHED_FAILURES.name(), failure));
        CloudEventHeaders.of(failure, ExecutorSettings.SERVICE).addTo(record.headers());
        sent.add(producer.send(record));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
      metrics.toldJobs(failures.size());
    } catch (ExecutionException e) {
      throw new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
  }
}
