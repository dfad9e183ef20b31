package io.faultline.ingester.sink.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * Where the database is.
 *
 * @param url a JDBC address, {@code jdbc:postgresql://host:port/database}
 * @param user empty where the address says it
 * @param password empty where none is needed
 */
public record PostgresAddress(String url, String user, String password) {

  /** Without the password. */
  @Override
  public String toString() {
    return url.replaceAll("(?i)(password=)[^&]*", "$1…");
  }

  /**
   * A connection for writing batches. A writer that stops answering in the middle of a transaction
   * is cut off after 15 s, so that its successor need not wait for its rows.
   */
  Connection connect() throws SQLException {
    Properties properties = new Properties();
    put(properties, "user", user);
    put(properties, "password", password);
    put(properties, "ApplicationName", "lookout-ingester");
    put(properties, "connectTimeout", "5");
    put(properties, "loginTimeout", "10");
    put(properties, "socketTimeout", "120");
    put(properties, "tcpKeepAlive", "true");
    Connection connection = DriverManager.getConnection(url, properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set idle_in_transaction_session_timeout = '15s'");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static void put(Properties properties, String key, String value) {
    if (!value.isEmpty()) {
      properties.setProperty(key, value);
    }
  }
}
