package io.faultline.ingester.sink.postgres;

/**
 * How many rows go into one statement. All of them, until a row is refused: that throws away what
 * the statement had written. From then on statements are small, so that the next refused row throws
 * away little, until none has been refused for a while.
 */
final class Pace {

  /** Small enough that half of it, written twice, is little beside 2,000 rows. */
  static final int CAREFUL_ROWS = 100;

  private static final long CAREFUL_FOR_ROWS = 50_000;

  private long carefulFor;

  /** After a refused row. */
  void refused() {
    carefulFor = CAREFUL_FOR_ROWS;
  }

  /** After rows that were written. */
  void wrote(int rows) {
    carefulFor = Math.max(0, carefulFor - rows);
  }

  /** Whether a row was refused lately. */
  boolean careful() {
    return carefulFor > 0;
  }
}
