package io.faultline.ingester.sink.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How far a statement came before it failed. PostgreSQL doesn't say which of many rows it refused;
 * but each row takes the next number of a sequence before it is looked at, and sequences don't go
 * back when a transaction does. The sequence is the session's own: no other writer touches it.
 */
final class Progress {

  private final Connection connection;
  private long taken;

  /** For a new session. */
  Progress(Connection connection) throws SQLException {
    this.connection = connection;
    try (Statement statement = connection.createStatement()) {
      statement.execute("create temporary sequence ingest_row");
    }
  }

  /** After a statement that wrote all its rows. */
  void wrote(int rows) {
    taken += rows;
  }

  /**
   * After a statement that failed and was rolled back: how many of its rows had been written, so
   * also the place of the row that failed; -1 where it failed before it looked at any.
   */
  int writtenBeforeFailure() throws SQLException {
    long before = taken;
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select case when is_called then last_value else 0 end from pg_temp.ingest_row")) {
      result.next();
      taken = result.getLong(1);
    }
    return (int) (taken - before) - 1;
  }
}
