package io.faultline.ingester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultline.embedded.EmbeddedKafka;
import io.faultline.embedded.EmbeddedPostgres;
import io.faultline.embedded.EmbeddedRegistry;
import io.faultline.ingester.plan.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ingester as a process of its own, killed with SIGKILL while it works. */
class KilledIngesterIT {

  private static final int KILLS = 10;
  private static final int LIVES_A_ROUND = 400;

  private static EmbeddedKafka kafka;
  private static EmbeddedPostgres postgres;
  private static EmbeddedRegistry registry;
  private static String url;

  @TempDir Path folder;
  private Process ingester;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.temporary();
    postgres = EmbeddedPostgres.temporary();
    registry = EmbeddedRegistry.temporary();
    url = postgres.newDatabase();
  }

  @AfterAll
  static void stop() {
    registry.close();
    postgres.close();
    kafka.close();
  }

  @AfterEach
  void endProcess() throws InterruptedException {
    if (ingester != null) {
      ingester.destroyForcibly().waitFor();
    }
  }

  @Test
  void killed_in_the_middle_of_transactions_it_has_every_row_once_in_the_end() throws Exception {
    Tables expected = Tables.none();
    Random random = new Random(20260301);
    int inTransaction = 0;
    try (Feed feed = new Feed(kafka.bootstrapServers(), registry.url())) {
      for (int round = 0; round < KILLS; round++) {
        ingester = startProcess();
        feed.send(lives(round, expected));
        if (awaitOpenTransaction()) {
          // at some point of one that is open now, or just after it; a sleep would round to 1 ms
          LockSupport.parkNanos(random.nextInt(900_000));
          inTransaction++;
        }
        ingester.destroyForcibly().waitFor();
      }
      feed.send(List.of(RefusedMessages.failure(1)));
      feed.send(lives(KILLS, expected));
      ingester = startProcess();

      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(300))
          .untilAsserted(() -> assertThat(Tables.read(url).equals(expected)).isTrue());
      assertThat(feed.deadLetters()).isNotEmpty().allMatch(l -> l.startsWith("refused_row: "));
    }
    assertThat(inTransaction).as("kills while a transaction was open").isPositive();
  }

  /** A round's messages; a few of an earlier round come again, as from a producer that retried. */
  private static List<Message> lives(int round, Tables expected) {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < LIVES_A_ROUND; i++) {
      Life life = Life.of((long) round * LIVES_A_ROUND + i);
      messages.addAll(life.messages());
      expected.add(life.expected());
    }
    for (int i = 0; round > 0 && i < 20; i++) {
      messages.addAll(Life.of((long) (round - 1) * LIVES_A_ROUND + i).messages());
    }
    return messages;
  }

  /** False where the ingester was through with its work before it could be caught at it. */
  private boolean awaitOpenTransaction() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      while (System.nanoTime() < end) {
        try (ResultSet open =
            statement.executeQuery(
                """
                select count(*) from pg_stat_activity
                where application_name = 'lookout-ingester' and xact_start is not null
                  and query like '%insert into lookout.%'""")) {
          open.next();
          if (open.getInt(1) > 0) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private Process startProcess() throws IOException {
    Path log = Files.createTempFile(folder, "ingester", ".log");
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + folder, // where a killed one leaves its libraries
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "--set",
            "kafka.bootstrap.servers=" + kafka.bootstrapServers(),
            "--set",
            "schema.registry.url=" + registry.url(),
            "--set",
            "postgres.url=" + url,
            "--set",
            "instance.id=killed",
            "--set",
            "batch.max.records=300")
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
