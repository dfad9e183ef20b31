package io.faultline.server;

import static org.awaitility.Awaitility.await;

import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.SchemaRegistry;
import io.faultline.schemas.Topics;
import io.faultline.schemas.registry.SchemaRegistries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes to the topic of job events as a decider does, in transactions. */
final class EventWriter implements AutoCloseable {

  static final String TOPIC = Topics.JOB_EVENTS.name();
  private static final String POISON = "poison";
  private static final Duration SOON = Duration.ofMillis(2);

  private final SchemaRegistry registry;
  private final Serializer<JobEvent> serializer;
  private final Deserializer<JobEvent> deserializer;
  private final KafkaProducer<String, byte[]> producer;
  private final Admin admin;

  /** On the parts of all tests. */
  EventWriter(String transactionalId) {
    this(transactionalId, TestParts.get().kafka.bootstrapServers(), TestParts.get().registry.url());
  }

  EventWriter(String transactionalId, String bootstrap, String registryUrl) {
    registry = SchemaRegistries.open(Map.of("schema.registry.url", registryUrl));
    serializer = new Codecs(registry).serde(Topics.JOB_EVENTS).serializer();
    deserializer = new Codecs(registry).serde(Topics.JOB_EVENTS).deserializer();
    producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                "bootstrap.servers", bootstrap, "transactional.id", transactionalId),
            new StringSerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
  }

  /**
   * In a transaction of their own. Returns once they can be read: a commit is decided before its
   * markers stand on the partitions, and until then a reader of committed records sees nothing.
   */
  void happens(JobEvent... events) {
    producer.beginTransaction();
    Map<TopicPartition, Long> last = write(events);
    producer.commitTransaction();
    await().pollDelay(Duration.ZERO).pollInterval(SOON).until(() -> readable(last));
  }

  private boolean readable(Map<TopicPartition, Long> last)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    last.keySet().forEach(partition -> ends.put(partition, OffsetSpec.latest()));
    return admin
        .listOffsets(ends, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .get()
        .entrySet()
        .stream()
        .allMatch(end -> end.getValue().offset() > last.get(end.getKey()));
  }

  /** In a transaction that is thrown away. */
  void happensNot(JobEvent... events) {
    producer.beginTransaction();
    write(events);
    producer.abortTransaction();
  }

  /** A record that is no event. */
  void poison(byte[] value) {
    producer.beginTransaction();
    var unused = producer.send(new ProducerRecord<>(TOPIC, POISON, value));
    producer.commitTransaction();
  }

  /** The offset of the last event on each partition. */
  private Map<TopicPartition, Long> write(JobEvent... events) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (JobEvent event : events) {
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  TOPIC, event.job().recordKey(), serializer.serialize(TOPIC, event))));
    }
    producer.flush();
    Map<TopicPartition, Long> last = new HashMap<>();
    for (Future<RecordMetadata> each : sent) {
      RecordMetadata written = resultOf(each);
      last.merge(new TopicPartition(TOPIC, written.partition()), written.offset(), Math::max);
    }
    return last;
  }

  private static RecordMetadata resultOf(Future<RecordMetadata> sent) {
    try {
      return sent.get();
    } catch (ExecutionException e) {
      throw new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** All events of a job set that are on the topic, those of each partition in order. */
  List<JobEvent> ofSet(String set) {
    return TopicReader.read(TestParts.get().kafka.bootstrapServers(), TOPIC).stream()
        .filter(record -> !POISON.equals(record.key()))
        .map(record -> deserializer.deserialize(TOPIC, record.value()))
        .filter(event -> event.job().jobSet().equals(set))
        .toList();
  }

  static JobEvent event(String jobId, String set, long sequence, JobEvent.Detail detail) {
    return new JobEvent(
        new JobIdentity(jobId, "q", set, null),
        RunIdentity.of(jobId, 0),
        "local",
        "executor-1",
        "n",
        Instant.parse("2026-03-01T12:00:00Z"),
        sequence,
        detail);
  }

  static JobEvent running(String jobId, String set, long sequence) {
    return event(jobId, set, sequence, new JobEvent.Running("pod"));
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
    registry.close();
  }
}
