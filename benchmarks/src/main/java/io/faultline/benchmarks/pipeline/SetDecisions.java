package io.faultline.benchmarks.pipeline;

import io.faultline.benchmarks.CommittedReader;
import io.faultline.domain.group.GroupVerdict;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.Topics;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Decisions about sets, each with the time when it could be read with read_committed; by a thread
 * and a reader of its own, as what else happens then would hold it up.
 */
final class SetDecisions implements AutoCloseable {

  /**
   * One of them.
   *
   * @param readNanos when, by {@link System#nanoTime}
   */
  record Read(GroupVerdict verdict, long readNanos) {}

  private final BlockingQueue<Read> read = new LinkedBlockingQueue<>();
  private final CommittedReader reader;
  private final Deserializer<DecisionRecord> decisions;
  private final Thread thread = new Thread(this::poll, "decisions");
  private volatile boolean closed;

  SetDecisions(String bootstrapServers, Codecs codecs) {
    reader = new CommittedReader(bootstrapServers, Topics.DECISIONS.name());
    decisions = codecs.serde(Topics.DECISIONS).deserializer();
    thread.start();
  }

  private void poll() {
    try (reader) {
      while (!closed) {
        reader.poll(
            record -> {
              long now = System.nanoTime();
              GroupVerdict verdict = decisions.deserialize("", record.value()).group();
              if (verdict != null) {
                read.add(new Read(verdict, now));
              }
            });
      }
    }
  }

  /** The next one; null where there is none now. */
  @Nullable Read next() {
    return read.poll();
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
