package io.faultline.schemas;

import io.faultline.schemas.wire.AvroData;
import io.faultline.schemas.wire.WireFormat;
import io.faultline.schemas.wire.WireFormats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * How values stand in state stores and their changelogs: Avro's single-object encoding, which names
 * the writer's schema by its fingerprint. What an older release wrote is read by its schema in the
 * history. No registry is asked. Safe for use by several threads.
 *
 * @param <V> the domain type
 */
public final class StateCodec<V> implements Serde<V>, Serializer<V>, Deserializer<V> {

  private final WireFormat<V, SpecificRecord> format;
  private final BinaryMessageEncoder<SpecificRecord> encoder;
  private final BinaryMessageDecoder<SpecificRecord> decoder;

  private StateCodec(WireFormat<V, SpecificRecord> format) {
    this.format = format;
    this.encoder = new BinaryMessageEncoder<>(AvroData.get(), format.schema());
    this.decoder = new BinaryMessageDecoder<>(AvroData.get(), format.schema());
    SchemaHistory.of(format.schema().getName()).forEach(decoder::addSchema);
  }

  /**
   * Of a domain type.
   *
   * @throws IllegalArgumentException for a type without a mapping
   */
  public static <V> StateCodec<V> of(Class<V> type) {
    return new StateCodec<>(WireFormats.of(type));
  }

  @Override
  public byte[] serialize(String topic, V value) {
    if (value == null) {
      return null;
    }
    try {
      ByteBuffer bytes = encoder.encode(format.toAvro().apply(value));
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  /** What was written here; what was not stops the reader, for it means a damaged store. */
  @Override
  public V deserialize(String topic, byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      return format.fromAvro().apply(decoder.decode(bytes, null));
    } catch (IOException | AvroRuntimeException e) {
      throw new IllegalStateException("not a value of this store: " + e.getMessage(), e);
    }
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
  public void configure(Map<String, ?> configs, boolean isKey) {}

  @Override
  public void close() {}
}
