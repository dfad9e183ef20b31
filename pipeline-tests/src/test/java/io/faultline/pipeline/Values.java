package io.faultline.pipeline;

import io.faultline.schemas.Codecs;
import io.faultline.schemas.SchemaRegistry;
import io.faultline.schemas.Topic;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.serialization.Serde;

/** Values of topics to bytes and back, by the product's codecs, each made once. */
final class Values {

  private final Codecs codecs;
  private final Map<Topic<?>, Serde<?>> serdes = new ConcurrentHashMap<>();

  Values(SchemaRegistry registry) {
    this.codecs = new Codecs(registry);
  }

  <V> byte[] bytes(Topic<V> topic, V value) {
    return serde(topic).serializer().serialize(topic.name(), value);
  }

  <V> V value(Topic<V> topic, byte[] bytes) {
    return serde(topic).deserializer().deserialize(topic.name(), bytes);
  }

  @SuppressWarnings("unchecked") // the map pairs each topic with its own serde
  private <V> Serde<V> serde(Topic<V> topic) {
    return (Serde<V>) serdes.computeIfAbsent(topic, codecs::serde);
  }
}
