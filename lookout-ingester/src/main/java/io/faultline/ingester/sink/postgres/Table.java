package io.faultline.ingester.sink.postgres;

import static java.util.stream.Collectors.joining;

import io.faultline.ingester.plan.BatchPlan;
import io.faultline.ingester.plan.Planned;
import io.faultline.ingester.plan.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/**
 * A table of what happened.
 *
 * @param name the table
 * @param planned its rows in a plan
 * @param columns what is written
 * @param onConflict how a row that is there takes in another part of itself; the same rules as
 *     {@link Row#merge}
 */
record Table<R extends Row<R>>(
    String name,
    Function<BatchPlan, List<Planned<R>>> planned,
    List<Column<R>> columns,
    String onConflict) {

  /**
   * The statement that writes any number of rows. It counts them as it comes to them, in a sequence
   * of the session that a rollback doesn't take back: {@link Progress} reads from it which row an
   * error was about.
   */
  String sql() {
    return """
        insert into lookout.%s as t (%s)
        select %s
        from unnest(%s) as r(%s)
        where nextval('pg_temp.ingest_row') > 0
        %s"""
        .formatted(
            name,
            names(),
            columns.stream().map(Column::expression).collect(joining(", ")),
            columns.stream().map(c -> "?::" + c.arrayType() + "[]").collect(joining(", ")),
            names(),
            onConflict);
  }

  /** Writes these rows. */
  void write(Connection connection, List<R> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql())) {
      for (int i = 0; i < columns.size(); i++) {
        Column<R> column = columns.get(i);
        statement.setArray(
            i + 1, connection.createArrayOf(column.arrayType(), column.values(rows)));
      }
      statement.executeUpdate();
    }
  }

  private String names() {
    return columns.stream().map(Column::name).collect(joining(", "));
  }
}
