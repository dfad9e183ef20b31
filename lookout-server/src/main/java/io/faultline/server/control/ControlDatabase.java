package io.faultline.server.control;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/**
 * The connections to PostgreSQL. Made without a server being there: whoever asks while it is away
 * gets an {@link java.sql.SQLException} after three seconds.
 */
public final class ControlDatabase implements AutoCloseable {

  /** The schema that this server owns. */
  public static final String SCHEMA = "control";

  private static final long CONNECT_TIMEOUT_MILLIS = 3_000;
  private static final int VALIDATION_SECONDS = 2;

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  /**
   * @param url JDBC's, {@code jdbc:postgresql://host:port/database}
   * @param user who connects; empty where the address says it
   * @param password may be empty
   * @param connections the most connections at once, at least 4
   */
  public ControlDatabase(String url, String user, String password, int connections) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("lookout-server");
    config.setJdbcUrl(url);
    if (!user.isEmpty()) {
      config.setUsername(user);
      config.setPassword(password);
    }
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(2);
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(CONNECT_TIMEOUT_MILLIS);
    config.setDataSourceProperties(driverProperties());
    this.pool = new HikariDataSource(config);
    this.jdbi =
        Jdbi.create(pool)
            .registerArrayType(String.class, "text")
            .registerArrayType(Integer.class, "int4");
  }

  /** Brings the schema to what this version needs; throws where it can't. */
  public void migrate() {
    Flyway.configure()
        .dataSource(pool)
        .schemas(SCHEMA)
        .defaultSchema(SCHEMA)
        .createSchemas(true)
        .locations("classpath:db/control")
        .load()
        .migrate();
  }

  /** Whether a connection answers now; waits at most some seconds. */
  public boolean reachable() {
    try (Connection connection = pool.getConnection()) {
      return connection.isValid(VALIDATION_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  /** For the stores and for questions to the ingester's tables. */
  public Jdbi jdbi() {
    return jdbi;
  }

  /** For who needs a connection of its own. */
  public DataSource dataSource() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }

  /** A server that has gone silent must not hold a request for ever. */
  private static Properties driverProperties() {
    Properties driver = new Properties();
    driver.setProperty("connectTimeout", "3");
    driver.setProperty("socketTimeout", "30");
    driver.setProperty("tcpKeepAlive", "true");
    driver.setProperty("reWriteBatchedInserts", "true");
    driver.setProperty("ApplicationName", "lookout-server");
    return driver;
  }
}
