package io.faultline.benchmarks.pipeline;

import io.faultline.benchmarks.CommittedReader;
import io.faultline.benchmarks.Workload;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.RunRequest;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topic;
import io.faultline.schemas.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What executors and subscribers do: reports go in, requests and events come out. */
final class Traffic implements AutoCloseable {

  /** Told of what comes out, by one thread. */
  interface Listener {
    /** A run is wanted. */
    void requested(RunRequest request);

    /** Something happened to a job; seen with read_committed. */
    void happened(JobEvent event);
  }

  private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(5);

  private final Codecs codecs;
  private final Map<Topic<?>, Serializer<?>> serializers = new ConcurrentHashMap<>();
  private final KafkaProducer<String, byte[]> producer;
  private final CommittedReader reader;
  private final Deserializer<RunRequest> requests;
  private final Deserializer<JobEvent> events;
  private final AtomicReference<Exception> broken = new AtomicReference<>();
  private final int heartbeatPartitions;
  private long nextHeartbeat = System.nanoTime();

  Traffic(String bootstrapServers, Codecs codecs) {
    this.codecs = codecs;
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "batch.size",
                64 << 10,
                "buffer.memory",
                128 << 20,
                "compression.type",
                "lz4"),
            new StringSerializer(),
            new ByteArraySerializer());
    reader =
        new CommittedReader(bootstrapServers, Topics.RUN_REQUESTS.name(), Topics.JOB_EVENTS.name());
    requests = codecs.serde(Topics.RUN_REQUESTS).deserializer();
    events = codecs.serde(Topics.JOB_EVENTS).deserializer();
    heartbeatPartitions = producer.partitionsFor(Topics.HEARTBEATS.name()).size();
  }

  /** Sends; may block while the broker is slower than the caller. */
  <V> void send(Topic<V> topic, String key, V value) {
    send(new ProducerRecord<>(topic.name(), key, bytes(topic, value)));
  }

  private void send(ProducerRecord<String, byte[]> record) {
    var unused =
        producer.send(
            record,
            (metadata, error) -> {
              if (error != null) {
                broken.set(error);
              }
            });
  }

  /** A value as it stands on its topic. */
  <V> byte[] bytes(Topic<V> topic, V value) {
    return serializer(topic).serialize("", value);
  }

  /** Waits until everything sent is on the broker. */
  void flush() {
    producer.flush();
  }

  /** Reads what has come, for 50 ms at most; between whiles it says that the executor lives. */
  void listen(Listener listener) {
    if (System.nanoTime() - nextHeartbeat >= 0) {
      nextHeartbeat = System.nanoTime() + HEARTBEAT_EVERY.toNanos();
      byte[] alive = serializer(Topics.HEARTBEATS).serialize("", Workload.heartbeat());
      for (int partition = 0; partition < heartbeatPartitions; partition++) {
        send(new ProducerRecord<>(Topics.HEARTBEATS.name(), partition, Workload.EXECUTOR, alive));
      }
    }
    if (broken.get() != null) {
      throw new IllegalStateException("a record was not delivered", broken.get());
    }
    reader.poll(
        record -> {
          if (record.topic().equals(Topics.RUN_REQUESTS.name())) {
            listener.requested(requests.deserialize("", record.value()));
          } else {
            listener.happened(events.deserialize("", record.value()));
          }
        });
  }

  @SuppressWarnings("unchecked") // the map pairs each topic with its own serializer
  private <V> Serializer<V> serializer(Topic<V> topic) {
    return (Serializer<V>) serializers.computeIfAbsent(topic, t -> codecs.serde(t).serializer());
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    reader.close();
  }
}
