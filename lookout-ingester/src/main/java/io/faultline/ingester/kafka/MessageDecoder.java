package io.faultline.ingester.kafka;

import io.faultline.ingester.plan.Message;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topic;
import io.faultline.schemas.Topics;
import io.faultline.schemas.UndecodableException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Turns records of the three topics into messages. */
public final class MessageDecoder {

  private final Map<String, Function<byte[], Message>> byTopic = new HashMap<>();

  /** With these codecs; waits where they wait. */
  public MessageDecoder(Codecs codecs) {
    add(codecs, Topics.JOB_EVENTS, Message.Event::new);
    add(codecs, Topics.CLASSIFIED_ERRORS, Message.Failure::new);
    add(codecs, Topics.DECISIONS, Message.Decided::new);
  }

  /** The topics that it understands. */
  public Set<String> topics() {
    return Set.copyOf(byTopic.keySet());
  }

  /**
   * The message in a record.
   *
   * @throws UndecodableException where there is none
   */
  public Message decode(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      throw new UndecodableException(
          UndecodableException.Reason.NOT_FRAMED, "there is no value", null);
    }
    return byTopic.get(record.topic()).apply(record.value());
  }

  private <V> void add(Codecs codecs, Topic<V> topic, Function<V, Message> message) {
    Deserializer<V> deserializer = codecs.serde(topic).deserializer();
    byTopic.put(
        topic.name(), bytes -> message.apply(deserializer.deserialize(topic.name(), bytes)));
  }
}
