package io.faultline.ingester.sink;

import io.faultline.ingester.plan.Message;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What is written at once, or not at all.
 *
 * @param messages in the order in which they were read
 * @param moves how far the batch takes each partition it holds records of; also over records that
 *     could not be decoded
 */
public record Batch(List<Message> messages, Map<TopicPartition, Move> moves) {

  /** Copies both. */
  public Batch {
    messages = List.copyOf(messages);
    moves = Map.copyOf(moves);
  }

  /**
   * From one position of a partition to another.
   *
   * @param from the position that the sink gave or moved to last
   * @param to the next offset to read
   */
  public record Move(long from, long to) {}
}
