package io.faultline.app;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record of the dead letters, read back.
 *
 * @param partition where it stands on the dead letters
 * @param offset where it stands on the dead letters
 * @param at when it was put there
 * @param service who could not take it
 * @param topic where it stood
 * @param topicPartition where it stood
 * @param topicOffset where it stood
 * @param timestamp the original record's time
 * @param reason one constant word
 * @param error what was wrong, for people
 * @param key the original key as text; empty where there was none
 * @param bytes how many the original value has
 * @param sent whether it has been sent again
 */
public record DeadLetter(
    int partition,
    long offset,
    Instant at,
    String service,
    String topic,
    int topicPartition,
    long topicOffset,
    Instant timestamp,
    String reason,
    String error,
    String key,
    int bytes,
    boolean sent) {

  /** Reads the headers; what is missing (somebody else's record) is empty, or -1. */
  static DeadLetter of(ConsumerRecord<byte[], byte[]> record) {
    return new DeadLetter(
        record.partition(),
        record.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        text(record, DeadLetters.SERVICE),
        text(record, DeadLetters.TOPIC),
        (int) number(record, DeadLetters.PARTITION),
        number(record, DeadLetters.OFFSET),
        Instant.ofEpochMilli(number(record, DeadLetters.TIMESTAMP)),
        text(record, DeadLetters.REASON),
        text(record, DeadLetters.ERROR),
        record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8),
        record.value() == null ? 0 : record.value().length,
        false);
  }

  /** What names it, for people and commands: {@code partition-offset} on the dead letters. */
  public String id() {
    return partition + "-" + offset;
  }

  DeadLetter asSent() {
    return new DeadLetter(
        partition,
        offset,
        at,
        service,
        topic,
        topicPartition,
        topicOffset,
        timestamp,
        reason,
        error,
        key,
        bytes,
        true);
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
    Header found = record.headers().lastHeader(header);
    return found == null || found.value() == null
        ? ""
        : new String(found.value(), StandardCharsets.UTF_8);
  }

  private static long number(ConsumerRecord<byte[], byte[]> record, String header) {
    try {
      return Long.parseLong(text(record, header));
    } catch (NumberFormatException absent) {
      return -1;
    }
  }
}
