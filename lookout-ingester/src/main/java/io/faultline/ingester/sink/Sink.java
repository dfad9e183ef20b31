package io.faultline.ingester.sink;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Where batches go. A sink keeps the positions beside its rows and moves both together, so that
 * every record is in it once, whatever is killed when. Used by one thread.
 *
 * <p>Every sink passes {@code SinkContract}.
 */
public interface Sink extends AutoCloseable {

  /**
   * Connects and brings the sink's shape up to date. Done before all else, and again whenever
   * something threw {@link SinkUnavailableException}; does nothing where all is well.
   */
  void prepare() throws SinkUnavailableException;

  /** The next offset to read of each partition; 0 where none has been written yet. */
  Map<TopicPartition, Long> positions(Collection<TopicPartition> partitions)
      throws SinkUnavailableException;

  /**
   * Writes a batch and moves the positions, both or neither. A row that is refused for its content
   * keeps no other from being written: its messages are handed to {@code refusals}, which must have
   * them safe before the positions move.
   *
   * @throws SupersededException where a position is not where the batch begins: somebody else has
   *     written, or the answer to an earlier write was lost. Nothing was written
   * @throws SinkUnavailableException where it can't be done now. It is not known whether anything
   *     was written; the same batch can be tried again
   */
  void write(Batch batch, Refusals refusals) throws SinkUnavailableException, SupersededException;

  /** Whether it answers now. */
  boolean answers();

  @Override
  void close();
}
