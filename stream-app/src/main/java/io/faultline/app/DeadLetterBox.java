package io.faultline.app;

import io.faultline.schemas.Topic;
import io.faultline.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Lists the dead letters, and sends them again to where they stood.
 *
 * <p>Sending writes, in one transaction, the original record to its topic and a receipt behind the
 * dead letter: an empty record that names its offset. So a letter is sent once, however often and
 * by however many at a time it is asked for: a second sender fences the first, and reads its
 * receipts.
 */
public final class DeadLetterBox {

  /** The header of a receipt; its value is the offset of the letter, in the same partition. */
  static final String RECEIPT = "dl-sent";

  private static final String TRANSACTIONAL_ID = "faultline-dead-letters";
  private static final Duration POLL = Duration.ofMillis(200);

  private final CommonSettings settings;

  /** Asks nothing yet. */
  public DeadLetterBox(CommonSettings settings) {
    this.settings = settings;
  }

  /**
   * What came of sending.
   *
   * @param sent the ids that were sent, in their order
   * @param refused the ids that were not, with the reason: not there, sent before, no topic of ours
   */
  public record Sent(List<String> sent, Map<String, String> refused) {}

  /**
   * The letters that a filter takes, the newest first, those that were sent before among them.
   *
   * @param limit how many at most, at least 1
   * @throws KafkaException where Kafka can't be reached
   */
  public List<DeadLetter> list(Predicate<DeadLetter> filter, int limit) {
    return all().stream()
        .filter(filter)
        .sorted(
            Comparator.comparing(DeadLetter::at)
                .thenComparing(DeadLetter::partition)
                .thenComparing(DeadLetter::offset)
                .reversed())
        .limit(limit)
        .toList();
  }

  /**
   * Sends letters again, each once.
   *
   * @param ids {@link DeadLetter#id}s
   * @throws KafkaException where Kafka can't be reached; what was sent until then is sent
   */
  public Sent send(Collection<String> ids) {
    Map<String, Object> properties = KafkaProperties.producer(settings);
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      // first: from here on no earlier sender can add a receipt that the reading below misses
      producer.initTransactions();
      Set<String> wanted = new HashSet<>(ids);
      Map<String, DeadLetter> found = new HashMap<>();
      all().stream().filter(l -> wanted.contains(l.id())).forEach(l -> found.put(l.id(), l));
      Map<String, String> refused = new TreeMap<>();
      for (String id : wanted) {
        String why = refusal(found.get(id));
        if (why != null) {
          refused.put(id, why);
        }
      }
      List<String> sent = new ArrayList<>();
      read(
          record -> {
            String id = record.partition() + "-" + record.offset();
            if (wanted.contains(id) && !refused.containsKey(id)) {
              sendOne(producer, record, found.get(id));
              sent.add(id);
            }
          });
      return new Sent(List.copyOf(sent), Map.copyOf(refused));
    }
  }

  private static String refusal(DeadLetter letter) {
    if (letter == null) {
      return "no such dead letter";
    }
    if (letter.sent()) {
      return "sent before";
    }
    boolean ours = Topics.all().stream().map(Topic::name).anyMatch(letter.topic()::equals);
    if (!ours || letter.topic().equals(Topics.DEAD_LETTERS.name())) {
      return "its topic '" + letter.topic() + "' is none of ours";
    }
    return null;
  }

  private static void sendOne(
      KafkaProducer<byte[], byte[]> producer,
      ConsumerRecord<byte[], byte[]> record,
      DeadLetter letter) {
    ProducerRecord<byte[], byte[]> original =
        new ProducerRecord<>(letter.topic(), letter.topicPartition(), record.key(), record.value());
    for (Header header : record.headers()) {
      if (!header.key().startsWith("dl-")) {
        original.headers().add(header);
      }
    }
    ProducerRecord<byte[], byte[]> receipt =
        new ProducerRecord<>(Topics.DEAD_LETTERS.name(), letter.partition(), record.key(), null);
    receipt.headers().add(RECEIPT, Long.toString(letter.offset()).getBytes(StandardCharsets.UTF_8));
    producer.beginTransaction();
    try {
      var first = producer.send(original);
      var second = producer.send(receipt);
      producer.commitTransaction();
      assert first.isDone() && second.isDone() : "a commit waits for its records";
    } catch (KafkaException e) {
      try {
        producer.abortTransaction();
      } catch (KafkaException fenced) {
        e.addSuppressed(fenced);
      }
      throw e;
    }
  }

  private Collection<DeadLetter> all() {
    Map<String, DeadLetter> letters = new TreeMap<>();
    read(
        record -> {
          Header receipt = record.headers().lastHeader(RECEIPT);
          if (receipt == null) {
            DeadLetter letter = DeadLetter.of(record);
            letters.put(letter.id(), letter);
          } else {
            String offset = new String(receipt.value(), StandardCharsets.UTF_8);
            letters.computeIfPresent(record.partition() + "-" + offset, (id, l) -> l.asSent());
          }
        });
    return letters.values();
  }

  /** Hands over every committed record that is there now. */
  private void read(Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    try (var consumer =
        new KafkaConsumer<>(
            KafkaProperties.consumer(settings),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.DEAD_LETTERS.name()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(POLL).forEach(reader);
      }
    }
  }
}
