package io.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.embedded.EmbeddedKafka;
import io.faultline.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class DeadLetterBoxIT {

  private static EmbeddedKafka kafka;
  private static DeadLetterBox box;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.temporary();
    Parts.makeTopics(kafka);
    box = new DeadLetterBox(Parts.settings(kafka.bootstrapServers(), "", Path.of("")));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void aLetterIsListedWithItsOriginAndReasonAndSentOnceToWhereItStood() throws Exception {
    letter(Topics.JOB_ERRORS.name(), 1, 42, "not_framed");
    List<DeadLetter> listed = box.list(l -> l.topicOffset() == 42, 10);
    assertThat(listed).hasSize(1);
    DeadLetter letter = listed.get(0);
    assertThat(letter.service()).isEqualTo("tester");
    assertThat(letter.topic()).isEqualTo(Topics.JOB_ERRORS.name());
    assertThat(letter.reason()).isEqualTo("not_framed");
    assertThat(letter.error()).isEqualTo("why it is one");
    assertThat(letter.key()).isEqualTo("key");
    assertThat(letter.bytes()).isEqualTo(3);
    assertThat(letter.sent()).isFalse();

    assertThat(box.send(List.of(letter.id())).sent()).containsExactly(letter.id());
    var again = box.send(List.of(letter.id()));
    assertThat(again.sent()).isEmpty();
    assertThat(again.refused()).containsEntry(letter.id(), "sent before");

    var there = Parts.committed(kafka, Topics.JOB_ERRORS.name());
    assertThat(there).hasSize(1);
    assertThat(there.get(0).partition()).isEqualTo(1);
    assertThat(there.get(0).value()).containsExactly(1, 2, 3);
    assertThat(there.get(0).headers())
        .extracting(h -> h.key() + "=" + new String(h.value(), StandardCharsets.UTF_8))
        .containsExactly("traceparent=t");
    assertThat(box.list(l -> l.topicOffset() == 42, 10)).allMatch(DeadLetter::sent);
  }

  @Test
  void onlyTopicsOfTheCatalogueAreSentToAndUnknownIdsAreNamed() throws Exception {
    letter("somebody.elses", 0, 7, "corrupt");
    String id = box.list(l -> l.topic().equals("somebody.elses"), 1).get(0).id();
    assertThat(box.send(List.of(id, "0-99999")).refused())
        .isEqualTo(
            Map.of(
                id,
                "its topic 'somebody.elses' is none of ours",
                "0-99999",
                "no such dead letter"));
  }

  @Test
  void theNewestComesFirstAndTheLimitHolds() throws Exception {
    for (int i = 0; i < 5; i++) {
      letter(Topics.RUN_REPORTS.name(), 0, i, "corrupt");
    }
    assertThat(box.list(l -> l.topic().equals(Topics.RUN_REPORTS.name()), 3))
        .extracting(DeadLetter::topicOffset)
        .containsExactly(4L, 3L, 2L);
  }

  private static void letter(String topic, int partition, long offset, String reason)
      throws Exception {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            topic, partition, offset, "key".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3});
    record.headers().add("traceparent", "t".getBytes(StandardCharsets.UTF_8));
    ProducerRecord<byte[], byte[]> letter =
        new DeadLetters("tester").of(record, reason, "why it is one");
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(letter).get();
    }
  }
}
