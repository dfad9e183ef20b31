package io.faultline.cli.up;

import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.SchemaRegistry;
import io.faultline.schemas.Topics;
import io.faultline.schemas.registry.SchemaRegistries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes to the public stream what the decider never would, all on one partition. */
final class EventWriter implements AutoCloseable {

  private static final String TOPIC = Topics.JOB_EVENTS.name();
  private static final String KEY = "one-partition";

  private final SchemaRegistry registry;
  private final Codecs codecs;
  private final KafkaProducer<String, byte[]> producer;

  EventWriter(String bootstrap, String registryUrl) {
    registry = SchemaRegistries.open(Map.of("schema.registry.url", registryUrl));
    codecs = new Codecs(registry);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "transactional.id", "event-writer"),
            new StringSerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
  }

  /** Writes values in a transaction that is committed. */
  void commit(List<byte[]> values) throws Exception {
    write(values);
    producer.commitTransaction();
  }

  /** Writes values, all of which reach the broker, in one that is rolled back. */
  void rollBack(List<byte[]> values) throws Exception {
    write(values);
    producer.abortTransaction();
  }

  private void write(List<byte[]> values) throws Exception {
    producer.beginTransaction();
    for (byte[] value : values) {
      producer.send(new ProducerRecord<>(TOPIC, KEY, value)).get();
    }
  }

  /** A JobFailed. */
  byte[] failed(String job, long sequence, boolean retryable) {
    FailureInfo info = new FailureInfo(3, "", "main", "gpu", "ecc", List.of("gpu"), "");
    JobEvent event =
        new JobEvent(
            new JobIdentity(job, "research", "written", null),
            RunIdentity.of(job, 0),
            "c",
            "e",
            "n",
            Instant.EPOCH,
            sequence,
            new JobEvent.Failed(
                EvidenceKind.POD_FAILED, info, "Error", "two\nlines", retryable, "p"));
    return codecs.serde(Topics.JOB_EVENTS).serializer().serialize(TOPIC, event);
  }

  /** The same, as a later version writes it: with one more field, kind and word. */
  byte[] failedLater(String job, long sequence) {
    GenericRecord event = later(failed(job, sequence, false));
    GenericRecord detail = (GenericRecord) event.get("detail");
    detail.put("blame", "node-7");
    Schema words = detail.getSchema().getField("kind").schema();
    detail.put("kind", new GenericData.EnumSymbol(words, "LOST_IN_SPACE"));
    return framed(event);
  }

  /** An event of a kind that only a later version knows. */
  byte[] paused(String job, long sequence) {
    GenericRecord event = later(failed(job, sequence, false));
    Schema kinds = event.getSchema().getField("detail").schema();
    event.put("detail", new GenericData.Record(kinds.getTypes().get(0)));
    return framed(event);
  }

  /** The right schema's id, and what is none of its records: a text of two gigabytes, cut off. */
  byte[] corrupt() {
    byte[] bytes = failed("corrupt", 0, true);
    return ByteBuffer.allocate(11)
        .put(bytes, 0, 5)
        .put(new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 'x'})
        .array();
  }

  private GenericRecord later(byte[] event) {
    Schema today = Codecs.schema(Topics.JOB_EVENTS);
    Schema later =
        new Schema.Parser()
            .parse(
                today
                    .toString()
                    .replace(
                        "\"name\":\"detail\",\"type\":[",
                        "\"name\":\"detail\",\"type\":["
                            + "{\"type\":\"record\",\"name\":\"Paused\",\"fields\":[]},")
                    .replace(
                        "{\"name\":\"policy\"",
                        "{\"name\":\"blame\",\"type\":\"string\",\"default\":\"\"},"
                            + "{\"name\":\"policy\"")
                    .replace("\"EXECUTION_CRASHED\"", "\"EXECUTION_CRASHED\",\"LOST_IN_SPACE\""));
    try {
      return new GenericDatumReader<GenericRecord>(today, later)
          .read(null, DecoderFactory.get().binaryDecoder(event, 5, event.length - 5, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] framed(GenericRecord event) {
    int id = registry.register(TOPIC + "-value", event.getSchema());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ByteBuffer.allocate(5).putInt(1, id).array());
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<GenericRecord>(event.getSchema()).write(event, encoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    producer.close();
    registry.close();
  }
}
