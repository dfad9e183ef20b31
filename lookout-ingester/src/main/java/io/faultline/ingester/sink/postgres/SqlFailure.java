package io.faultline.ingester.sink.postgres;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What an error of PostgreSQL means for the rows that were being written. */
final class SqlFailure {

  private static final int LONGEST = 500;

  private SqlFailure() {}

  /**
   * Whether a row's content is refused, and would be again: data exceptions (22), integrity (23),
   * program limits such as the size of an index entry (54), and what a trigger raises (P0). All
   * else is the server's condition or ours, and passes.
   */
  static boolean refusesRow(SQLException e) {
    String state = e.getSQLState();
    return state != null
        && (state.startsWith("22")
            || state.startsWith("23")
            || state.startsWith("54")
            || state.startsWith("P0"));
  }

  /** In one line, with the server's details but without whole rows. */
  static String inOneLine(SQLException e) {
    ServerErrorMessage server = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
    String text = e.getMessage();
    if (server != null) {
      text = server.getMessage();
      if (server.getDetail() != null && !server.getDetail().startsWith("Failing row contains")) {
        text += " (" + server.getDetail() + ")";
      }
    }
    String line = (text + " [" + e.getSQLState() + "]").replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
