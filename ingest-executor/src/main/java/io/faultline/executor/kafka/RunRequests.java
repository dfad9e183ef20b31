package io.faultline.executor.kafka;

import io.faultline.app.CommonSettings;
import io.faultline.app.KafkaProperties;
import io.faultline.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The requests that this executor may claim: its share of the topic, as a static member of the
 * group of all executors; it joins with the first poll.
 */
final class RunRequests implements AutoCloseable {

  private static final String GROUP = "faultline-executors";
  private static final int MOST_AT_ONCE = 64;
  private static final Duration FENCED_WITHIN = Duration.ofSeconds(5);
  private static final Duration CLOSED_WITHIN = Duration.ofSeconds(2);

  private final CommonSettings common;
  private final String id;
  private final Object news = new Object();
  private @Nullable KafkaConsumer<byte[], byte[]> consumer;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> polling;
  private boolean woken;

  RunRequests(CommonSettings common, String id) {
    this.common = common;
    this.id = id;
  }

  private KafkaConsumer<byte[], byte[]> member() {
    if (consumer == null) {
      Map<String, Object> properties = KafkaProperties.consumer(common);
      properties.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
      properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, id);
      properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
      properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
      properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500);
      properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_AT_ONCE);
      consumer =
          new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      consumer.subscribe(List.of(Topics.RUN_REQUESTS.name()));
    }
    return consumer;
  }

  /**
   * The next requests, in the order of each partition; none while there is no room, but the place
   * in the group is kept.
   *
   * @param wait asked when a {@link #wakeup} would be heard already, so that no news is slept over
   */
  List<ConsumerRecord<byte[], byte[]>> poll(Supplier<Duration> wait, boolean room) {
    KafkaConsumer<byte[], byte[]> member = member();
    if (room) {
      member.resume(member.paused());
    } else {
      member.pause(member.assignment());
    }
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    polling = member;
    try {
      member.poll(wait.get()).forEach(records::add);
    } catch (WakeupException e) {
      return List.of();
    } finally {
      polling = null;
    }
    return records;
  }

  /**
   * Gives its share to the other executors at once, for as long as it takes no requests, and waits
   * for news instead.
   *
   * @param wait asked when a {@link #wakeup} would be heard already
   */
  void stayAway(Supplier<Duration> wait) {
    if (consumer != null) {
      consumer.close(
          CloseOptions.timeout(CLOSED_WITHIN)
              .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
      consumer = null;
    }
    synchronized (news) {
      woken = false;
    }
    long until = System.nanoTime() + wait.get().toNanos();
    synchronized (news) {
      try {
        for (long left = until - System.nanoTime(); left > 0 && !woken; ) {
          TimeUnit.NANOSECONDS.timedWait(news, left);
          left = until - System.nanoTime();
        }
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }
  }

  /** Reads this request, and all after it in its partition, again. */
  void rewind(ConsumerRecord<byte[], byte[]> request) {
    TopicPartition partition = new TopicPartition(request.topic(), request.partition());
    if (member().assignment().contains(partition)) {
      member().seek(partition, request.offset());
    }
  }

  ConsumerGroupMetadata group() {
    return member().groupMetadata();
  }

  /** Ends the wait of a poll; safe to call from any thread. */
  void wakeup() {
    KafkaConsumer<byte[], byte[]> member = polling;
    if (member != null) {
      member.wakeup();
    }
    synchronized (news) {
      woken = true;
      news.notifyAll();
    }
  }

  /** Whether another process has taken this member's place; asks for some seconds. */
  boolean superseded() {
    long until = System.nanoTime() + FENCED_WITHIN.toNanos();
    try {
      while (System.nanoTime() < until) {
        for (ConsumerRecord<byte[], byte[]> record : poll(() -> Duration.ofMillis(100), false)) {
          rewind(record);
        }
      }
      return false;
    } catch (FencedInstanceIdException e) {
      return true;
    }
  }

  /** Keeps its place in the group for whoever comes next with its id, for the session's time. */
  @Override
  public void close() {
    if (consumer != null) {
      consumer.close(CloseOptions.timeout(CLOSED_WITHIN));
      consumer = null;
    }
  }
}
