package io.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.schemas.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

  private final DeadLetters letters = new DeadLetters("tester");

  @Test
  void keyBytesAndHeadersStayAndTheOriginIsAdded() {
    var record = new ConsumerRecord<>("t", 3, 17, new byte[] {9}, new byte[] {1});
    record.headers().add("ce_id", "x".getBytes(StandardCharsets.UTF_8));
    var letter = letters.of(record, "corrupt", "broken");
    assertThat(letter.topic()).isEqualTo(Topics.DEAD_LETTERS.name());
    assertThat(letter.key()).isSameAs(record.key());
    assertThat(letter.value()).isSameAs(record.value());
    assertThat(letter.headers())
        .extracting(h -> h.key() + "=" + new String(h.value(), StandardCharsets.UTF_8))
        .containsExactly(
            "ce_id=x",
            "dl-service=tester",
            "dl-topic=t",
            "dl-partition=3",
            "dl-offset=17",
            "dl-timestamp=-1",
            "dl-reason=corrupt",
            "dl-error=broken");
  }

  @Test
  void aLetterThatDiesAgainNamesOnlyItsNewPlace() {
    var first = new ConsumerRecord<>("t", 0, 1, new byte[0], new byte[0]);
    letters.of(first, "corrupt", "").headers().forEach(first.headers()::add);
    var again = letters.of(first, "unknown_schema", "");
    assertThat(again.headers().headers("dl-reason")).hasSize(1);
    assertThat(new String(again.headers().lastHeader("dl-reason").value(), StandardCharsets.UTF_8))
        .isEqualTo("unknown_schema");
  }

  @Test
  void aLongErrorIsCut() {
    var record = new ConsumerRecord<>("t", 0, 1, new byte[0], new byte[0]);
    var letter = letters.of(record, "corrupt", "x".repeat(10_000));
    assertThat(letter.headers().lastHeader("dl-error").value()).hasSizeLessThan(2_100);
  }
}
