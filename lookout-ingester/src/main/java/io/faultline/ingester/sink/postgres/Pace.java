package io.faultline.ingester.sink.postgres;

/**
 * How many rows of a table go into one statement. All of them, until a row is refused: that throws
 * away what the transaction had written. From then on the table's statements are small, so that the
 * next refused row throws away little, until none has been refused for a while.
 */
final class Pace {

  /**
   * Half of it, on average, is written twice for a refused row, which is little beside 2,000 rows;
   * fewer would cost more in statements than they save.
   */
  static final int CAREFUL_ROWS = 200;

  private static final long CAREFUL_FOR_ROWS = 20_000;

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
