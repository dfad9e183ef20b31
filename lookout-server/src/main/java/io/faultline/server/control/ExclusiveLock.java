package io.faultline.server.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A lock over all servers, held by a connection of its own: if this process dies or loses
 * PostgreSQL the lock is free. Not reentrant.
 */
public final class ExclusiveLock implements AutoCloseable {

  private final Connection connection;
  private final long key;

  private ExclusiveLock(Connection connection, long key) {
    this.connection = connection;
    this.key = key;
  }

  /** Takes the lock of that name if nobody holds it. */
  public static Optional<ExclusiveLock> tryTake(DataSource database, String name)
      throws SQLException {
    long key = key(name);
    Connection connection = database.getConnection();
    boolean taken = false;
    try {
      taken = call(connection, "select pg_try_advisory_lock(?)", key);
      return taken ? Optional.of(new ExclusiveLock(connection, key)) : Optional.empty();
    } finally {
      if (!taken) {
        connection.close();
      }
    }
  }

  /** Whether it is still held: the connection answers. */
  public boolean held() {
    try {
      return connection.isValid(2);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Gives it up; a connection that can't say so is thrown away, which frees the lock as well. */
  @Override
  public void close() {
    try (connection) {
      if (!call(connection, "select pg_advisory_unlock(?)", key)) {
        connection.abort(Runnable::run);
      }
    } catch (SQLException e) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException ignored) {
        // it is gone already, and the lock with it
      }
    }
  }

  private static boolean call(Connection connection, String sql, long key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, key);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /** FNV-1a over the name's UTF-16 units: advisory locks are named by numbers. */
  private static long key(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
