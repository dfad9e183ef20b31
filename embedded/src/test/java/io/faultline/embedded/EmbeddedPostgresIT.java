package io.faultline.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class EmbeddedPostgresIT {

  @TempDir Path folder;

  @Test
  void rowsAndAddressAreFoundAgainAfterTheJvmIsKilledAndTheServerEndsWithIt() throws Exception {
    String url;
    try (ChildJvm child = new ChildJvm(Server.class, folder)) {
      url = child.awaitLine("url");
      run(url, "CREATE TABLE t (n int)");
      run(url, "INSERT INTO t SELECT generate_series(1, 1000)");
      child.kill();
    }
    while (Postmaster.on(folder.resolve("data")).isPresent()) {
      Thread.sleep(20);
    }
    try (var postgres = EmbeddedPostgres.start(folder)) {
      assertThat(postgres.jdbcUrl()).isEqualTo(url);
      assertThat(ask(url, "SELECT count(*) FROM t")).isEqualTo("1000");
      assertThat(ask(url, "SHOW fsync")).isEqualTo("on");
      assertThat(ask(url, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(ask(url, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void aServerThatOutlivedItsJvmIsStoppedBeforeTheNextStart() throws Exception {
    String url;
    ProcessHandle left;
    try (ChildJvm child = new ChildJvm(Server.class, folder)) {
      url = child.awaitLine("url");
      run(url, "CREATE TABLE t (n int)");
      left = Postmaster.on(folder.resolve("data")).orElseThrow();
      child.killWithItsChildren();
    }
    assertThat(left.isAlive()).isTrue();
    try (var postgres = EmbeddedPostgres.start(folder)) {
      assertThat(Postmaster.on(folder.resolve("data")).orElseThrow().pid())
          .isNotEqualTo(left.pid());
      assertThat(postgres.jdbcUrl()).isEqualTo(url);
      assertThat(ask(url, "SELECT count(*) FROM t")).isEqualTo("0");
    }
  }

  @Test
  void aPidFileThatNamesAnotherProcessIsPassedOver() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(
        data.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + data + "\n");
    try (var postgres = EmbeddedPostgres.start(folder)) {
      assertThat(ask(postgres.jdbcUrl(), "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void aFolderWhoseMakingWasCutShortIsMadeAnew() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("postgresql.conf"), "half of");
    try (var postgres = EmbeddedPostgres.start(folder)) {
      assertThat(ask(postgres.jdbcUrl(), "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void itComesBackOnTheSamePortAfterStopWithItsDatabases() throws Exception {
    try (var postgres = EmbeddedPostgres.temporary()) {
      String url = postgres.newDatabase();
      run(url, "CREATE TABLE t (n int)");
      postgres.stop();
      assertThat(Ports.isFree(postgres.port())).isTrue();
      postgres.start();
      assertThat(ask(url, "SELECT count(*) FROM t")).isEqualTo("0");
    }
  }

  /** A server started by a JVM that is killed. */
  static final class Server {
    public static void main(String[] args) throws Exception {
      System.out.println("url " + EmbeddedPostgres.start(Path.of(args[0])).jdbcUrl());
      Thread.currentThread().join();
    }
  }

  private static void run(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
