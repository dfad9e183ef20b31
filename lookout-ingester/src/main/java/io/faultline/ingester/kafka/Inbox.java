package io.faultline.ingester.kafka;

import io.faultline.ingester.sink.Batch.Move;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of the partitions that this instance was given, a batch at a time. Kafka decides who
 * reads what; where to read on is the sink's to say: partitions stay paused until {@link #seek}.
 *
 * <p>Used by one thread, apart from {@link #wakeup}.
 */
public final class Inbox implements AutoCloseable {

  private static final Duration IDLE_POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final BatchLimits limits;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private long era;

  /** Reads these topics as a member of the consumer's group; the consumer is closed with this. */
  public Inbox(Consumer<byte[], byte[]> consumer, Collection<String> topics, BatchLimits limits) {
    this.consumer = consumer;
    this.limits = limits;
    consumer.subscribe(topics, new Assignment());
  }

  /**
   * What was read at once.
   *
   * @param records in the order of each partition
   * @param moves how far they go
   */
  public record Gathered(
      List<ConsumerRecord<byte[], byte[]>> records, Map<TopicPartition, Move> moves) {}

  /** The partitions that wait to be told their position. */
  public Set<TopicPartition> unpositioned() {
    Set<TopicPartition> waiting = new HashSet<>(consumer.assignment());
    waiting.removeAll(positions.keySet());
    return waiting;
  }

  /** Whether there are partitions to read, all with their position. */
  public boolean reading() {
    return !positions.isEmpty() && unpositioned().isEmpty();
  }

  /** Counts the times that partitions were given or taken: what was gathered before is void. */
  public long era() {
    return era;
  }

  /** Reads on from here. */
  public void seek(Map<TopicPartition, Long> from) {
    from.forEach(
        (partition, offset) -> {
          if (consumer.assignment().contains(partition)) {
            consumer.seek(partition, offset);
            positions.put(partition, offset);
          }
        });
    consumer.resume(positions.keySet());
  }

  /** What these moves led to is where the next ones begin. */
  public void moved(Map<TopicPartition, Move> moves) {
    moves.forEach((partition, move) -> positions.put(partition, move.to()));
  }

  /** Asks for all positions anew. */
  public void forgetPositions() {
    positions.clear();
    consumer.pause(consumer.assignment());
    era++;
  }

  /**
   * Waits a moment for records, then gathers what is there: until the batch is full, the linger is
   * over, or none came. Empty where nothing came or partitions were taken away meanwhile.
   */
  public Gathered gather() {
    long before = era;
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long bytes = add(consumer.poll(IDLE_POLL), records);
    long end = System.nanoTime() + limits.linger().toNanos();
    while (!records.isEmpty() && records.size() < limits.records() && bytes < limits.bytes()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        break;
      }
      bytes += add(consumer.poll(Duration.ofNanos(left)), records);
    }
    return era == before
        ? new Gathered(records, moves(records))
        : new Gathered(List.of(), Map.of());
  }

  /** Stays a member of the group without taking any record. */
  public void idle(Duration time) {
    consumer.pause(consumer.assignment());
    ConsumerRecords<byte[], byte[]> none = consumer.poll(time);
    if (!none.isEmpty()) {
      throw new IllegalStateException("records of paused partitions");
    }
    consumer.resume(positions.keySet());
  }

  /** How many records are behind the last one gathered, by topic, as far as is known here. */
  public Map<String, Long> lag() {
    Map<String, Long> lag = new HashMap<>();
    for (TopicPartition partition : positions.keySet()) {
      lag.merge(partition.topic(), consumer.currentLag(partition).orElse(0), Long::sum);
    }
    return lag;
  }

  /** Ends a wait in another thread, which throws Kafka's WakeupException. */
  public void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }

  private static long add(
      ConsumerRecords<byte[], byte[]> polled, List<ConsumerRecord<byte[], byte[]>> records) {
    long bytes = 0;
    for (ConsumerRecord<byte[], byte[]> record : polled) {
      records.add(record);
      bytes += Math.max(0, record.serializedValueSize());
    }
    return bytes;
  }

  private Map<TopicPartition, Move> moves(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<TopicPartition, Move> moves = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      moves.computeIfAbsent(
          new TopicPartition(record.topic(), record.partition()),
          partition -> new Move(positions.get(partition), consumer.position(partition)));
    }
    return moves;
  }

  /** Kafka's callbacks; they come in the reading thread, during a poll. */
  private final class Assignment implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      era++;
      consumer.pause(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      era++;
      positions.keySet().removeAll(partitions);
    }
  }
}
