package io.faultline.ingester.kafka;

import io.faultline.app.DeadLetters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Puts records that can't be ingested on the topic of dead letters, as they were. */
public final class DeadLetterOutbox implements AutoCloseable {

  private final Producer<byte[], byte[]> producer;
  private final DeadLetters deadLetters;

  /** The producer is closed with this. */
  public DeadLetterOutbox(Producer<byte[], byte[]> producer, String service) {
    this.producer = producer;
    this.deadLetters = new DeadLetters(service);
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
    for (Letter letter : letters) {
      sent.add(producer.send(deadLetters.of(letter.record(), letter.reason(), letter.error())));
    }
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
}
