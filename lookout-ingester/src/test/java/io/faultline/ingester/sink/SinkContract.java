package io.faultline.ingester.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.ingester.Life;
import io.faultline.ingester.Tables;
import io.faultline.ingester.plan.Message;
import io.faultline.ingester.sink.Batch.Move;
import io.faultline.ingester.sink.Refusals.Refusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every sink keeps to. A subclass gives an empty sink for each test and says what is in it.
 */
public abstract class SinkContract {

  protected static final TopicPartition PARTITION = new TopicPartition("faultline.job-events", 0);
  protected static final Refusals NONE =
      refused -> assertThat(refused).as("nothing is refused").isEmpty();

  private Sink sink;

  /** A new, empty sink. */
  protected abstract Sink newSink() throws Exception;

  /** Another writer to the same place as the sink that was made last. */
  protected abstract Sink secondSink() throws Exception;

  /** What is in it. */
  protected abstract Tables content() throws Exception;

  /** A message that the sink refuses for its content, other than all of {@link Life}. */
  protected abstract Message refused();

  @BeforeEach
  void open() throws Exception {
    sink = newSink();
    sink.prepare();
    sink.positions(List.of(PARTITION)); // as a reader does before its first write
  }

  @AfterEach
  void close() {
    sink.close();
  }

  @Test
  void a_partition_that_was_never_read_begins_at_0() throws Exception {
    assertThat(sink.positions(List.of(PARTITION))).containsEntry(PARTITION, 0L);
  }

  @Test
  void rows_and_position_are_there_after_a_write() throws Exception {
    Life life = Life.of(1);

    write(sink, 0, life.messages());

    assertThat(content()).isEqualTo(life.expected());
    assertThat(position()).isEqualTo(life.messages().size());
  }

  @Test
  void messages_that_come_again_change_nothing() throws Exception {
    List<Message> messages = messages(0, 40);
    write(sink, 0, messages);
    write(sink, messages.size(), messages);

    for (Message message : messages) {
      write(sink, position(), List.of(message));
    }

    assertThat(content()).isEqualTo(expected(0, 40));
  }

  @Test
  void any_order_in_any_batches_comes_to_the_same() throws Exception {
    Random random = new Random(7);
    List<Message> messages = messages(0, 150);
    messages.addAll(messages(50, 100));
    Collections.shuffle(messages, random);

    for (int from = 0; from < messages.size(); ) {
      int to = Math.min(messages.size(), from + 1 + random.nextInt(60));
      write(sink, position(), messages.subList(from, to));
      from = to;
    }

    assertThat(content()).isEqualTo(expected(0, 150));
  }

  @Test
  void a_writer_that_believes_an_old_position_writes_nothing() throws Exception {
    write(sink, 0, Life.of(1).messages());
    Tables before = content();

    try (Sink zombie = secondSink()) {
      zombie.prepare();
      assertThatThrownBy(() -> write(zombie, 0, Life.of(2).messages()))
          .isInstanceOf(SupersededException.class);
    }

    assertThat(content()).isEqualTo(before);
  }

  @Test
  void one_position_that_moved_keeps_the_whole_batch_out() throws Exception {
    TopicPartition other = new TopicPartition("faultline.decisions", 0);
    sink.positions(List.of(PARTITION, other));
    Batch batch =
        new Batch(Life.of(1).messages(), Map.of(PARTITION, new Move(0, 9), other, new Move(5, 6)));

    assertThatThrownBy(() -> sink.write(batch, NONE)).isInstanceOf(SupersededException.class);

    assertThat(content()).isEqualTo(Tables.none());
    assertThat(position()).isZero();
  }

  @Test
  void a_failure_inside_a_batch_leaves_neither_rows_nor_position() throws Exception {
    List<Message> messages = messages(0, 20);
    messages.add(7, refused());

    assertThatThrownBy(
            () ->
                sink.write(
                    batch(0, messages),
                    refused -> {
                      throw new IllegalStateException("dead letters are away");
                    }))
        .hasMessage("dead letters are away");
    assertThat(content()).isEqualTo(Tables.none());
    assertThat(position()).isZero();

    sink.write(batch(0, messages), refused -> {});
    assertThat(content()).isEqualTo(expected(0, 20));
  }

  @Test
  void a_refused_message_is_handed_over_with_its_reason_and_the_others_land() throws Exception {
    List<Message> messages = messages(0, 300);
    messages.add(messages.size(), refused());
    messages.add(100, refused());
    messages.add(0, refused());
    List<Refusal> handedOver = new ArrayList<>();

    sink.write(batch(0, messages), handedOver::addAll);

    assertThat(handedOver)
        .extracting(Refusal::message)
        .containsExactly(0, 101, messages.size() - 1);
    assertThat(handedOver).extracting(Refusal::reason).doesNotContain("").doesNotContainNull();
    assertThat(content()).isEqualTo(expected(0, 300));
    assertThat(position()).isEqualTo(messages.size());
  }

  @Test
  void an_empty_batch_moves_the_position_past_what_could_not_be_decoded() throws Exception {
    write(sink, 0, List.of());
    sink.write(new Batch(List.of(), Map.of(PARTITION, new Move(0, 3))), NONE);

    assertThat(position()).isEqualTo(3);
  }

  @Test
  void it_goes_on_where_it_was_after_it_was_closed() throws Exception {
    write(sink, 0, messages(0, 10));
    sink.close();

    try (Sink again = secondSink()) {
      again.prepare();
      write(again, again.positions(List.of(PARTITION)).get(PARTITION), messages(10, 20));
    }

    assertThat(content()).isEqualTo(expected(0, 20));
  }

  protected final Sink sink() {
    return sink;
  }

  protected final long position() throws Exception {
    return sink.positions(List.of(PARTITION)).get(PARTITION);
  }

  protected static List<Message> messages(long fromSeed, long toSeed) {
    List<Message> messages = new ArrayList<>();
    LongStream.range(fromSeed, toSeed).forEach(seed -> messages.addAll(Life.of(seed).messages()));
    return messages;
  }

  protected static Tables expected(long fromSeed, long toSeed) {
    Tables tables = Tables.none();
    LongStream.range(fromSeed, toSeed).forEach(seed -> tables.add(Life.of(seed).expected()));
    return tables;
  }

  protected static Batch batch(long from, List<Message> messages) {
    return new Batch(messages, Map.of(PARTITION, new Move(from, from + messages.size())));
  }

  private static void write(Sink sink, long from, List<Message> messages) throws Exception {
    sink.write(batch(from, messages), NONE);
  }
}
