package io.faultline.benchmarks.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;

/** The rows of {@code lookout.failures}, copied to a table with its primary key and no more. */
final class BareCopy {

  private BareCopy() {}

  /**
   * Rows a second.
   *
   * @param batch rows in a transaction
   */
  static double rowsPerSecond(String jdbcUrl, int batch) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement()) {
      statement.execute("create table bare_failures (like lookout.failures)");
      statement.execute("alter table bare_failures add primary key (id, at)");
      CopyManager copy = new CopyManager((BaseConnection) connection);
      List<byte[]> rows = rows(copy);
      List<byte[]> batches = new ArrayList<>();
      for (int from = 0; from < rows.size(); from += batch) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] row : rows.subList(from, Math.min(rows.size(), from + batch))) {
          bytes.write(row);
        }
        batches.add(bytes.toByteArray());
      }
      connection.setAutoCommit(false);
      long begin = System.nanoTime();
      for (byte[] bytes : batches) {
        CopyIn in = copy.copyIn("copy bare_failures from stdin");
        in.writeToCopy(bytes, 0, bytes.length);
        in.endCopy();
        connection.commit();
      }
      return rows.size() / ((System.nanoTime() - begin) / 1e9);
    }
  }

  private static List<byte[]> rows(CopyManager copy) throws SQLException {
    List<byte[]> rows = new ArrayList<>();
    CopyOut out = copy.copyOut("copy (select * from lookout.failures order by at, id) to stdout");
    for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
      rows.add(row);
    }
    return rows;
  }
}
