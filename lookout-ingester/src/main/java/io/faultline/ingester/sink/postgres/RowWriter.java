package io.faultline.ingester.sink.postgres;

import io.faultline.ingester.plan.Planned;
import io.faultline.ingester.plan.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Writes rows, inside the caller's transaction, such that a refused row costs little and takes no
 * other with it.
 *
 * <p>While nothing is refused a table's rows are one statement. Where one was refused lately, rows
 * go in small statements behind savepoints; when one fails, the session's {@link Progress} says
 * which row it was: those before it are written again, the one alone is refused, those after it
 * follow.
 */
final class RowWriter {

  private final Connection connection;
  private final Progress progress;
  private final Map<String, Pace> paces;
  private final Work work;

  /** The paces, by table, outlive a connection. */
  RowWriter(Connection connection, Progress progress, Map<String, Pace> paces, Work work) {
    this.connection = connection;
    this.progress = progress;
    this.paces = paces;
    this.work = work;
  }

  /** Takes rows that were refused. */
  interface Refused<R extends Row<R>> {
    /** One row, with the reason. */
    void row(Planned<R> row, SQLException reason) throws SQLException;
  }

  /**
   * Writes these rows.
   *
   * @throws RetryCarefullyException where a row is refused and nothing is prepared for it: the
   *     transaction is to be begun again, and will then be careful
   */
  <R extends Row<R>> void write(Table<R> table, List<Planned<R>> rows, Refused<R> refused)
      throws SQLException, RetryCarefullyException {
    if (rows.isEmpty()) {
      return;
    }
    if (pace(table).careful()) {
      writeCarefully(table, rows, refused);
    } else {
      writeAtOnce(table, rows);
    }
  }

  private <R extends Row<R>> void writeAtOnce(Table<R> table, List<Planned<R>> rows)
      throws SQLException, RetryCarefullyException {
    try {
      send(table, rows);
    } catch (SQLException e) {
      if (!SqlFailure.refusesRow(e)) {
        throw e;
      }
      pace(table).refused();
      throw new RetryCarefullyException(e);
    }
  }

  /** Writes rows in small statements, each behind a savepoint. */
  <R extends Row<R>> void writeCarefully(Table<R> table, List<Planned<R>> rows, Refused<R> refused)
      throws SQLException {
    Deque<List<Planned<R>>> todo = new ArrayDeque<>();
    for (int to = rows.size(); to > 0; to -= Pace.CAREFUL_ROWS) {
      todo.push(rows.subList(Math.max(0, to - Pace.CAREFUL_ROWS), to));
    }
    execute("savepoint rows");
    while (!todo.isEmpty()) {
      List<Planned<R>> part = todo.pop();
      try {
        send(table, part);
        execute("release savepoint rows; savepoint rows");
      } catch (SQLException e) {
        if (!SqlFailure.refusesRow(e)) {
          throw e;
        }
        execute("rollback to savepoint rows");
        pace(table).refused();
        int written = progress.writtenBeforeFailure();
        if (part.size() == 1) {
          refused.row(part.get(0), e);
          execute("release savepoint rows; savepoint rows"); // keeps what was written instead
        } else {
          split(part, written).forEach(todo::push);
        }
      }
    }
    execute("release savepoint rows");
  }

  /** Its parts, last one first: before the row at fault, that row, after it; or else its halves. */
  private static <T> List<List<T>> split(List<T> rows, int fault) {
    int size = rows.size();
    if (fault < 0 || fault >= size) {
      return List.of(rows.subList(size / 2, size), rows.subList(0, size / 2));
    }
    return List.of(
            rows.subList(fault + 1, size), rows.subList(fault, fault + 1), rows.subList(0, fault))
        .stream()
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private <R extends Row<R>> void send(Table<R> table, List<Planned<R>> rows) throws SQLException {
    work.sent(rows.size());
    table.write(connection, rows.stream().map(Planned::row).toList());
    progress.wrote(rows.size());
    pace(table).wrote(rows.size());
  }

  private Pace pace(Table<?> table) {
    return paces.computeIfAbsent(table.name(), name -> new Pace());
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
