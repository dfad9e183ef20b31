package io.faultline.schemas;

import io.faultline.schemas.wire.WireFormats;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * How values stand on topics: Avro in Confluent's wire format under the subject {@code
 * <topic>-value}.
 *
 * <p>Reading throws {@link UndecodableException} for a record that is a dead letter; it waits while
 * the registry is away; whatever else it throws is not the record's fault.
 */
public final class Codecs {

  private final SchemaRegistry registry;

  /** Over a registry, which stays the caller's to close. */
  public Codecs(SchemaRegistry registry) {
    this.registry = registry;
  }

  /**
   * For the values of a topic; safe for use by several threads. Dead letters are bytes as they are.
   */
  @SuppressWarnings("unchecked") // V is byte[] in the first case
  public <V> Serde<V> serde(Topic<V> topic) {
    if (topic.type() == byte[].class) {
      return (Serde<V>) Serdes.ByteArray();
    }
    return new ConfluentCodec<>(registry, subject(topic), WireFormats.of(topic.type()));
  }

  /**
   * Registers every topic's schema and has the registry refuse later ones that could not read what
   * is on the topics. Not needed for writing, which registers what it needs; it tells early what a
   * registry will not take.
   *
   * @throws RegistryException naming the subject that the registry refuses
   */
  public void registerAll() {
    for (Topic<?> topic : Topics.all()) {
      if (topic.type() != byte[].class) {
        registry.register(subject(topic), schema(topic));
        registry.setCompatibility(subject(topic), "BACKWARD_TRANSITIVE");
      }
    }
  }

  /** The schema that a topic's values are written with, as the registry has it. */
  public static Schema schema(Topic<?> topic) {
    return PublishedSchema.of(WireFormats.of(topic.type()).schema());
  }

  private static String subject(Topic<?> topic) {
    return topic.name() + "-value";
  }

  /** For keys: UTF-8 text. */
  public static Serde<String> keys() {
    return Serdes.String();
  }
}
