package io.faultline.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server beside this JVM, on a folder; its binaries come with the build. It listens on
 * 127.0.0.1 only and trusts whoever connects there, as user {@code postgres}.
 *
 * <p>The folder's rows are found again at the next start. A server that a killed JVM left on the
 * folder is stopped first; a folder whose making was cut short is made anew.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final String DATABASE = "faultline";
  private static final Duration START_WITHIN = Duration.ofSeconds(60);

  private final Path folder;
  private final boolean durable;
  private final TemporaryPart temporary;
  private final int port;
  private final AtomicInteger databases = new AtomicInteger();
  private io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;
  private Process watchdog;

  private EmbeddedPostgres(Path folder, int wantedPort, boolean durable, boolean deleteFolder) {
    this.folder = Folders.create(folder);
    this.durable = durable;
    Postmaster.stopLeftOver(data());
    this.port = new RememberedPorts(this.folder).choose("postgres", wantedPort);
    this.temporary = new TemporaryPart(deleteFolder ? this.folder : null, this::stop);
  }

  /**
   * Starts a server on a folder of its own that goes when it is closed, and that need not survive
   * the machine's power cut (no fsync). For tests.
   */
  public static EmbeddedPostgres temporary() {
    return started(new EmbeddedPostgres(Folders.temporary("postgres"), 0, false, true));
  }

  /** Starts a server on this folder, with the port of its last start or a free one. */
  public static EmbeddedPostgres start(Path folder) {
    return start(folder, 0);
  }

  /**
   * Starts a server on this folder; what it commits is on the disk.
   *
   * @param port where it listens; 0 for the port of its last start, or a free one
   * @throws IllegalStateException where the port is in use
   */
  public static EmbeddedPostgres start(Path folder, int port) {
    return started(new EmbeddedPostgres(folder, port, true, false));
  }

  private static EmbeddedPostgres started(EmbeddedPostgres postgres) {
    postgres.start();
    return postgres;
  }

  /** The address of the database {@code faultline}, with the user. */
  public String jdbcUrl() {
    return jdbcUrl(DATABASE);
  }

  /** Makes an empty database beside the others, for one test, and gives its address. */
  public String newDatabase() {
    String name = "db" + databases.incrementAndGet();
    createDatabase(name);
    return jdbcUrl(name);
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** Starts it again after {@link #stop}, on the same port. It answers when this returns. */
  public synchronized void start() {
    if (server != null) {
      return;
    }
    Ports.requireFree(port, "PostgreSQL");
    Path ready = folder.resolve("ready");
    boolean first = !Files.exists(ready);
    if (first) {
      Folders.delete(data());
    }
    try {
      server = builder().start();
      watchdog = Postmaster.watch(data());
      if (first) {
        createDatabase(DATABASE);
        Files.createFile(ready);
      }
    } catch (IOException e) {
      stop();
      throw new UncheckedIOException(
          "PostgreSQL did not start: " + e.getMessage() + "\n" + Folders.tail(logFile(), 5), e);
    }
    log.atInfo().setMessage("PostgreSQL is up").addKeyValue("port", port).log();
  }

  /** Stops it cleanly; its rows stay. Connections that are open are cut. */
  public synchronized void stop() {
    if (server != null) {
      try {
        server.close();
      } catch (IOException e) {
        log.atWarn().setMessage("PostgreSQL did not stop as asked").setCause(e).log();
      }
      server = null;
    }
    Postmaster.stop(data());
    if (watchdog != null) {
      watchdog.destroyForcibly();
      watchdog = null;
    }
  }

  @Override
  public void close() {
    temporary.close();
  }

  private io.zonky.test.db.postgres.embedded.EmbeddedPostgres.Builder builder() {
    String safe = durable ? "on" : "off";
    return Parts.postgresBuilder()
        .setOverrideWorkingDirectory(Parts.postgres().toFile())
        .setDataDirectory(data())
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPGStartupWait(START_WITHIN)
        .setPort(port)
        .setLocaleConfig("locale", "C")
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("unix_socket_directories", "''")
        .setServerConfig("fsync", safe)
        .setServerConfig("synchronous_commit", safe)
        .setServerConfig("full_page_writes", safe)
        .setServerConfig("max_connections", "100")
        .setServerConfig("shared_buffers", "64MB")
        .setServerConfig("max_wal_size", "512MB")
        .setOutputRedirector(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
  }

  private void createDatabase(String name) {
    try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"));
        Statement statement = connection.createStatement();
        ResultSet there =
            statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
      if (!there.next()) {
        statement.execute("CREATE DATABASE " + name);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(
          "cannot make the database " + name + ": " + e.getMessage(), e);
    }
  }

  private String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres";
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path logFile() {
    return folder.resolve("postgres.log");
  }
}
