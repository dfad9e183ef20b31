package io.faultline.app;

import io.faultline.schemas.UndecodableException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a topology does with a record that can't be read: undecodable bytes become a dead letter in
 * the task's own transaction, so that there is one however often the task starts over; whatever
 * else goes wrong is not the record's fault and stops the task. Kafka Streams makes it by its
 * class, so it is public.
 */
public final class UndecodableToDeadLetter implements DeserializationExceptionHandler {

  static final String SERVICE = "faultline.service";
  static final String METRICS = "faultline.metrics";

  private static final Logger log = LoggerFactory.getLogger(UndecodableToDeadLetter.class);

  private String service = "";
  private DeadLetters deadLetters = new DeadLetters(service);
  private MeterRegistry metrics;

  @Override
  public void configure(Map<String, ?> configs) {
    service = String.valueOf(configs.get(SERVICE));
    deadLetters = new DeadLetters(service);
    metrics = (MeterRegistry) configs.get(METRICS);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
    UndecodableException why = undecodable(exception);
    if (why == null) {
      return Response.fail();
    }
    log.atWarn()
        .setMessage("record can't be decoded, it goes to the dead letters")
        .addKeyValue("topic", record.topic())
        .addKeyValue("partition", record.partition())
        .addKeyValue("offset", record.offset())
        .addKeyValue("reason", why.reason().word())
        .addKeyValue("error", why.getMessage())
        .log();
    if (metrics != null) {
      metrics
          .counter(
              "faultline.dead.letters",
              "service",
              service,
              "topic",
              record.topic(),
              "reason",
              why.reason().word())
          .increment();
    }
    return Response.resume(List.of(deadLetters.of(record, why)));
  }

  private static UndecodableException undecodable(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof UndecodableException found) {
        return found;
      }
    }
    return null;
  }
}
