package io.faultline.app;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How a topology is run.
 *
 * @param commitInterval between commits while a thread keeps up; what follows from a record is seen
 *     by others after it. A processor sees to that by a {@link CommitPace}
 * @param commitIntervalBehind between commits of a thread that is behind, or that has no such pace
 * @param threads at most one for each partition has work
 * @param standbyReplicas copies of each store kept warm on other instances
 * @param storeMemoryMib memory of all RocksDB stores of the process, in MiB; what the first service
 *     in a process says holds for all in it
 * @param cacheMib memory in which updates of one key between two commits become one, for stores
 *     that allow it, in MiB
 */
public record StreamsSettings(
    Duration commitInterval,
    Duration commitIntervalBehind,
    int threads,
    int standbyReplicas,
    int storeMemoryMib,
    int cacheMib) {

  private static final Duration ASIDE_COMMIT = Duration.ofSeconds(1);
  private static final int ASIDE_CACHE_MIB = 8;

  /** Kafka Streams' own. */
  private static final long POLL_MILLIS = 100;

  private static final int MAX_POLL_MILLIS = 15 * 60 * 1000;

  /** Reads them. */
  public static StreamsSettings read(SettingsReader reader) {
    return new StreamsSettings(
        Duration.ofMillis(reader.integer("commit.interval.ms", 40, 1, 30_000)),
        Duration.ofMillis(reader.integer("commit.interval.behind.ms", 250, 1, 30_000)),
        reader.integer("stream.threads", 1, 1, 64),
        reader.integer("standby.replicas", 0, 0, 5),
        reader.integer("store.memory.mib", 64, 8, 65_536),
        0);
  }

  /** For a topology beside the main one, whose readers can wait: it works in larger steps. */
  public StreamsSettings aside() {
    return new StreamsSettings(
        ASIDE_COMMIT, ASIDE_COMMIT, 1, standbyReplicas, storeMemoryMib, ASIDE_CACHE_MIB);
  }

  /**
   * The properties of Kafka Streams: exactly once, the classic group protocol, an id that is the
   * same after a restart, so that it takes its partitions again at once.
   *
   * @param applicationId the consumer group, and the prefix of stores' topics
   */
  Map<String, Object> properties(String applicationId, CommonSettings common) {
    Map<String, Object> p = new HashMap<>(common.kafka());
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    p.put(StreamsConfig.STATE_DIR_CONFIG, common.stateDir().toString());
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    p.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitIntervalBehind.toMillis());
    // a thread that waits for records neither asks for commits nor makes them
    p.put(StreamsConfig.POLL_MS_CONFIG, Math.min(POLL_MILLIS, commitInterval.toMillis()));
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    p.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbyReplicas);
    p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, (long) cacheMib << 20);
    p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedStoreMemory.class);
    p.put(BoundedStoreMemory.LIMIT_MIB, storeMemoryMib);
    p.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        UndecodableToDeadLetter.class);

    p.put(consumer(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), common.instanceId());
    p.put(consumer(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
    p.put(consumer(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1_500);
    // a reader that waits for the registry is not a dead one
    p.put(consumer(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG), MAX_POLL_MILLIS);

    p.put(producer(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), KafkaProperties.MAX_REQUEST_BYTES);
    p.put(producer(ProducerConfig.BATCH_SIZE_CONFIG), 64 << 10);
    // nobody sees a record before its commit, which sends whatever lingers
    p.put(producer(ProducerConfig.LINGER_MS_CONFIG), commitInterval.toMillis());
    p.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        Integer.toString(KafkaProperties.MAX_REQUEST_BYTES));
    return p;
  }

  private static String consumer(String key) {
    return StreamsConfig.mainConsumerPrefix(key);
  }

  private static String producer(String key) {
    return StreamsConfig.producerPrefix(key);
  }
}
