package io.faultline.ingester.kafka;

import io.faultline.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;

/** Puts records that can't be ingested on the topic of dead letters, as they were. */
public final class DeadLetterOutbox implements AutoCloseable {

  private final Producer<byte[], byte[]> producer;
  private final String service;

  /** The producer is closed with this. */
  public DeadLetterOutbox(Producer<byte[], byte[]> producer, String service) {
    this.producer = producer;
    this.service = service;
  }

  /**
   * A dead letter.
   *
   * @param record what was read
   * @param reason one word
   * @param error what was wrong, in one line
   */
  public record Letter(ConsumerRecord<byte[], byte[]> record, String reason, String error) {}

  /**
   * Returns once all of them are acknowledged.
   *
   * @throws KafkaException where one is not; some may be there all the same
   */
  public void send(List<Letter> letters) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    letters.forEach(letter -> sent.add(producer.send(deadLetter(letter))));
    producer.flush();
    for (Future<RecordMetadata> acknowledged : sent) {
      try {
        acknowledged.get();
      } catch (ExecutionException e) {
        throw new KafkaException("a dead letter was not acknowledged", e.getCause());
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }
  }

  @Override
  public void close() {
    producer.close();
  }

  private ProducerRecord<byte[], byte[]> deadLetter(Letter letter) {
    ConsumerRecord<byte[], byte[]> record = letter.record();
    ProducerRecord<byte[], byte[]> dead =
        new ProducerRecord<>(
            Topics.DEAD_LETTERS.name(), null, record.key(), record.value(), record.headers());
    put(dead.headers(), "dl-service", service);
    put(dead.headers(), "dl-topic", record.topic());
    put(dead.headers(), "dl-partition", String.valueOf(record.partition()));
    put(dead.headers(), "dl-offset", String.valueOf(record.offset()));
    put(dead.headers(), "dl-timestamp", String.valueOf(record.timestamp()));
    put(dead.headers(), "dl-reason", letter.reason());
    put(dead.headers(), "dl-error", letter.error());
    return dead;
  }

  private static void put(Headers headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
