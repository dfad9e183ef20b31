package io.faultline.schemas;

import io.faultline.schemas.UndecodableException.Reason;
import io.faultline.schemas.wire.AvroData;
import io.faultline.schemas.wire.UnknownWordException;
import io.faultline.schemas.wire.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Confluent's wire format: a zero byte, the writer's schema id in four bytes (big-endian), Avro
 * binary. What others wrote with another version of the schema is read as ours. Null is a tombstone
 * in both directions. Safe for use by several threads.
 */
final class ConfluentCodec<V> implements Serde<V>, Serializer<V>, Deserializer<V> {

  private static final byte MAGIC = 0;
  private static final int HEADER = 5;

  private final SchemaRegistry registry;
  private final String subject;
  private final WireFormat<V, SpecificRecord> format;
  private final Schema published;
  private final DatumWriter<SpecificRecord> writer;
  private final ConcurrentMap<Integer, DatumReader<SpecificRecord>> readers =
      new ConcurrentHashMap<>();
  private volatile int writtenId = -1;

  ConfluentCodec(SchemaRegistry registry, String subject, WireFormat<V, SpecificRecord> format) {
    this.registry = registry;
    this.subject = subject;
    this.format = format;
    this.published = PublishedSchema.of(format.schema());
    this.writer = new SpecificDatumWriter<>(format.schema(), AvroData.get());
  }

  @Override
  public byte[] serialize(String topic, V value) {
    if (value == null) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    bytes.write(MAGIC);
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(writerId()).array());
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      writer.write(format.toAvro().apply(value), encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private int writerId() {
    if (writtenId < 0) {
      writtenId = registry.register(subject, published);
    }
    return writtenId;
  }

  @Override
  public V deserialize(String topic, byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    if (bytes.length < HEADER || bytes[0] != MAGIC) {
      throw new UndecodableException(
          Reason.NOT_FRAMED,
          bytes.length < HEADER
              ? "only " + bytes.length + " bytes, and a schema id alone needs " + HEADER
              : "the first byte is " + bytes[0] + " where a registry's format has 0",
          null);
    }
    int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
    DatumReader<SpecificRecord> reader = readers.get(id);
    if (reader == null) {
      reader = readerFor(id);
      readers.put(id, reader);
    }
    try {
      return format.fromAvro().apply(read(reader, bytes, id));
    } catch (UnknownWordException e) {
      throw new UndecodableException(Reason.UNKNOWN_WORD, e.getMessage(), e);
    }
  }

  private SpecificRecord read(DatumReader<SpecificRecord> reader, byte[] bytes, int id) {
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null);
    try {
      SpecificRecord record = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        throw new AvroRuntimeException("bytes are left after the record's end");
      }
      return record;
    } catch (IOException | RuntimeException e) {
      throw new UndecodableException(
          Reason.CORRUPT, "not what schema " + id + " says: " + e.getMessage(), e);
    }
  }

  private DatumReader<SpecificRecord> readerFor(int id) {
    Schema written;
    try {
      written = registry.byId(id);
    } catch (UnknownSchemaException e) {
      throw new UndecodableException(Reason.UNKNOWN_SCHEMA, e.getMessage(), e);
    }
    // asked before: Avro itself reads a kind that we don't know as another one with fitting fields
    if (SchemaCompatibility.checkReaderWriterCompatibility(format.schema(), written).getType()
        != SchemaCompatibilityType.COMPATIBLE) {
      throw new UndecodableException(
          Reason.INCOMPATIBLE_SCHEMA,
          "schema " + id + " (" + written.getFullName() + ") can't be read as " + subject,
          null);
    }
    return new SpecificDatumReader<>(written, format.schema(), AvroData.get());
  }

  @Override
  public Serializer<V> serializer() {
    return this;
  }

  @Override
  public Deserializer<V> deserializer() {
    return this;
  }

  @Override
  public void configure(java.util.Map<String, ?> configs, boolean isKey) {}

  @Override
  public void close() {}
}
