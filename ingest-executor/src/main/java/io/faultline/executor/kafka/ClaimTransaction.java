package io.faultline.executor.kafka;

import io.faultline.app.CommonSettings;
import io.faultline.app.DeadLetters;
import io.faultline.app.KafkaProperties;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.Lease;
import io.faultline.domain.job.RunReport;
import io.faultline.schemas.CloudEventHeaders;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topic;
import io.faultline.schemas.Topics;
import io.faultline.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * All that the executor says of runs, in transactions that only one process with its id can commit:
 * the latest. What a call throws leaves the outcome open; whoever gets it closes this, makes a new
 * one, and reads the leases again.
 */
final class ClaimTransaction implements Outbox, AutoCloseable {

  private static final int SERVICE_BLOCK_MILLIS = 10_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final Codecs codecs;
  private final DeadLetters deadLetters;
  private final String service;
  private boolean open;

  /** Fences every other process with this id; waits for their last transaction to be decided. */
  ClaimTransaction(
      CommonSettings common, Codecs codecs, String service, String id, Duration timeout) {
    Map<String, Object> properties = KafkaProperties.producer(common);
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) timeout.toMillis());
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, SERVICE_BLOCK_MILLIS);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, SERVICE_BLOCK_MILLIS / 2);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, SERVICE_BLOCK_MILLIS);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    this.codecs = codecs;
    this.service = service;
    this.deadLetters = new DeadLetters(service);
    try {
      producer.initTransactions();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public void report(RunReport report) {
    send(
        new ProducerRecord<>(
            Topics.RUN_REPORTS.name(),
            bytes(report.job().recordKey()),
            value(Topics.RUN_REPORTS, report)));
  }

  @Override
  public void error(JobError error) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            Topics.JOB_ERRORS.name(),
            bytes(error.job().recordKey()),
            value(Topics.JOB_ERRORS, error));
    CloudEventHeaders.of(error, service).addTo(record.headers());
    send(record);
  }

  @Override
  public void lease(Lease lease) {
    String runId = lease.request().run().runId();
    send(new ProducerRecord<>(Topics.LEASES.name(), bytes(runId), value(Topics.LEASES, lease)));
  }

  @Override
  public void release(String runId) {
    send(new ProducerRecord<>(Topics.LEASES.name(), bytes(runId), null));
  }

  @Override
  public void putBack(ConsumerRecord<byte[], byte[]> request) {
    int partitions = producer.partitionsFor(request.topic()).size();
    send(
        new ProducerRecord<>(
            request.topic(),
            (request.partition() + 1) % partitions,
            request.key(),
            request.value(),
            Rounds.next(request)));
  }

  @Override
  public void deadLetter(ConsumerRecord<byte[], byte[]> record, UndecodableException why) {
    send(deadLetters.of(record, why));
  }

  void offsets(Map<TopicPartition, OffsetAndMetadata> read, ConsumerGroupMetadata group) {
    begin();
    producer.sendOffsetsToTransaction(read, group);
  }

  /** Makes all that was said since the last commit visible, or none of it. */
  void commit() {
    if (open) {
      producer.commitTransaction();
      open = false;
    }
  }

  private <V> byte[] value(Topic<V> topic, V value) {
    try (var serializer = codecs.serde(topic).serializer()) {
      return serializer.serialize(topic.name(), value);
    }
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    begin();
    Future<?> sent = producer.send(record);
    if (sent.isDone()) {
      failedAtOnce(sent);
    }
  }

  /** A record that was refused before it was sent fails its transaction; the commit says so too. */
  private static void failedAtOnce(Future<?> sent) {
    try {
      sent.get(0, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new org.apache.kafka.common.KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new org.apache.kafka.common.errors.InterruptException(e);
    }
  }

  private void begin() {
    if (!open) {
      producer.beginTransaction();
      open = true;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Gives up what was not committed. */
  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
  }
}
