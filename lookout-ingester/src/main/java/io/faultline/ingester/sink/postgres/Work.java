package io.faultline.ingester.sink.postgres;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what was asked of PostgreSQL since the start; may be read by other threads. */
public final class Work {

  private final AtomicLong statements = new AtomicLong();
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong batches = new AtomicLong();

  void sent(int sentRows) {
    statements.incrementAndGet();
    rows.addAndGet(sentRows);
  }

  void refusedRow() {
    refused.incrementAndGet();
  }

  void batch() {
    batches.incrementAndGet();
  }

  /** Statements that write rows. */
  public long statements() {
    return statements.get();
  }

  /** Rows in these statements; a row that had to be sent again counts again. */
  public long rows() {
    return rows.get();
  }

  /** Rows that were refused for their content. */
  public long refused() {
    return refused.get();
  }

  /** Batches that were committed. */
  public long batches() {
    return batches.get();
  }
}
