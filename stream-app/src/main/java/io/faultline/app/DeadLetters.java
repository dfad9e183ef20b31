package io.faultline.app;

import io.faultline.schemas.Topics;
import io.faultline.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Makes the dead letter of a record: its key, bytes and headers as they were, and headers that say
 * where it stood and why it is one.
 */
public final class DeadLetters {

  static final String SERVICE = "dl-service";
  static final String TOPIC = "dl-topic";
  static final String PARTITION = "dl-partition";
  static final String OFFSET = "dl-offset";
  static final String TIMESTAMP = "dl-timestamp";
  static final String REASON = "dl-reason";
  static final String ERROR = "dl-error";

  private static final int MAX_ERROR_CHARACTERS = 2_000;

  private final String service;

  /**
   * @param service the service that could not take the record
   */
  public DeadLetters(String service) {
    this.service = service;
  }

  /** Of a record whose bytes can't be decoded. */
  public ProducerRecord<byte[], byte[]> of(
      ConsumerRecord<byte[], byte[]> record, UndecodableException why) {
    return of(record, why.reason().word(), why.getMessage());
  }

  /**
   * Of a record that can't be taken for another reason.
   *
   * @param reason one constant word
   * @param error what was wrong, for people; cut to 2,000 characters
   */
  public ProducerRecord<byte[], byte[]> of(
      ConsumerRecord<byte[], byte[]> record, String reason, String error) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(
            Topics.DEAD_LETTERS.name(), null, record.key(), record.value(), record.headers());
    Headers headers = letter.headers();
    put(headers, SERVICE, service);
    put(headers, TOPIC, record.topic());
    put(headers, PARTITION, Integer.toString(record.partition()));
    put(headers, OFFSET, Long.toString(record.offset()));
    put(headers, TIMESTAMP, Long.toString(record.timestamp()));
    put(headers, REASON, reason);
    put(
        headers,
        ERROR,
        error.length() <= MAX_ERROR_CHARACTERS
            ? error
            : error.substring(0, MAX_ERROR_CHARACTERS) + "…");
    return letter;
  }

  private static void put(Headers headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
