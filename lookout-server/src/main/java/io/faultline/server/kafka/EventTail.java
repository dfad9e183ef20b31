package io.faultline.server.kafka;

import io.faultline.domain.job.JobEvent;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topics;
import io.faultline.schemas.UndecodableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic of job events for one listener, committed ones only: from a position or a time,
 * then on as they come. Not safe for use by several threads.
 */
public final class EventTail implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventTail.class);
  private static final String TOPIC = Topics.JOB_EVENTS.name();

  private final Consumer<String, byte[]> consumer;
  private final Deserializer<JobEvent> deserializer;
  private final Predicate<JobEvent> wanted;
  private final Map<Integer, Long> next = new HashMap<>();
  private final Queue<ConsumerRecord<String, byte[]>> fetched = new ArrayDeque<>();
  private final Map<TopicPartition, Long> endAtOpening;

  /**
   * An event with the position after it.
   *
   * @param event what happened
   * @param position where to go on
   */
  public record Told(JobEvent event, Position position) {}

  private EventTail(
      Consumer<String, byte[]> consumer,
      Deserializer<JobEvent> deserializer,
      Predicate<JobEvent> wanted,
      Map<TopicPartition, Long> endAtOpening) {
    this.consumer = consumer;
    this.deserializer = deserializer;
    this.wanted = wanted;
    this.endAtOpening = endAtOpening;
  }

  /** Goes on at a position; partitions that it does not name are read from their beginning. */
  static EventTail after(
      KafkaClients clients, Codecs codecs, Predicate<JobEvent> wanted, Position position) {
    return open(
        clients,
        codecs,
        wanted,
        (consumer, ends) -> {
          Map<TopicPartition, Long> begins = consumer.beginningOffsets(ends.keySet());
          return ends.keySet().stream()
              .collect(
                  Collectors.toMap(
                      p -> p, p -> position.next().getOrDefault(p.partition(), begins.get(p))));
        });
  }

  /** Begins with what was appended at a time or later; with what comes now where it is empty. */
  static EventTail since(
      KafkaClients clients, Codecs codecs, Predicate<JobEvent> wanted, Optional<Instant> time) {
    return open(
        clients,
        codecs,
        wanted,
        (consumer, ends) -> {
          if (time.isEmpty()) {
            return ends;
          }
          Map<TopicPartition, Long> begin = new HashMap<>(ends);
          Map<TopicPartition, OffsetAndTimestamp> found =
              consumer.offsetsForTimes(
                  ends.keySet().stream()
                      .collect(Collectors.toMap(p -> p, p -> time.get().toEpochMilli())));
          found.forEach(
              (partition, at) -> {
                if (at != null) {
                  begin.put(partition, at.offset());
                }
              });
          return begin;
        });
  }

  private interface Beginning {
    Map<TopicPartition, Long> of(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends);
  }

  private static EventTail open(
      KafkaClients clients, Codecs codecs, Predicate<JobEvent> wanted, Beginning beginning) {
    Consumer<String, byte[]> consumer = clients.consumer();
    try {
      List<TopicPartition> partitions =
          consumer.partitionsFor(TOPIC).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      EventTail tail =
          new EventTail(consumer, codecs.serde(Topics.JOB_EVENTS).deserializer(), wanted, ends);
      beginning
          .of(consumer, ends)
          .forEach(
              (partition, offset) -> {
                consumer.seek(partition, offset);
                tail.next.put(partition.partition(), offset);
              });
      return tail;
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /** The next wanted event; empty where none came in the time given. */
  public Optional<Told> next(Duration wait) {
    if (fetched.isEmpty()) {
      consumer.poll(wait).forEach(fetched::add);
    }
    while (!fetched.isEmpty()) {
      ConsumerRecord<String, byte[]> record = fetched.remove();
      next.put(record.partition(), record.offset() + 1);
      Optional<JobEvent> event = decode(record).filter(wanted);
      if (event.isPresent()) {
        return Optional.of(new Told(event.get(), new Position(next)));
      }
    }
    return Optional.empty();
  }

  /** Whether everything was read that was there when it was opened. */
  public boolean caughtUp() {
    return fetched.isEmpty()
        && endAtOpening.entrySet().stream()
            .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close();
  }

  private Optional<JobEvent> decode(ConsumerRecord<String, byte[]> record) {
    try {
      return Optional.ofNullable(deserializer.deserialize(TOPIC, record.value()));
    } catch (UndecodableException e) {
      LOG.atWarn()
          .setMessage("a job event can't be read, passing over it")
          .addKeyValue("topic", TOPIC)
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .addKeyValue("reason", e.reason().word())
          .log();
      return Optional.empty();
    }
  }
}
