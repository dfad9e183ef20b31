package io.faultline.ingester;

import io.faultline.embedded.EmbeddedPostgres;
import io.faultline.ingester.plan.Message;
import io.faultline.ingester.sink.Batch;
import io.faultline.ingester.sink.Batch.Move;
import io.faultline.ingester.sink.postgres.PostgresAddress;
import io.faultline.ingester.sink.postgres.PostgresSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How many messages come to stand in PostgreSQL for a second of processor time, ours and that of
 * the server's process together, with fsync and one writer: failures alone, whole lives of jobs,
 * and both with one refused row in 2,000. Not a test: run its main.
 */
public final class IngestSpeed {

  private static final TopicPartition PARTITION = new TopicPartition("faultline.job-events", 0);
  private static final int BATCH = 5_000;
  private static final int MESSAGES = 100_000;

  private IngestSpeed() {}

  /** Arguments: the number of rounds, 3 unless given. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    Path folder = Files.createTempDirectory("ingest-speed");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
      List<Message> failures = failures();
      List<Message> lives = lives();
      for (int round = 0; round < rounds; round++) {
        report("failures", postgres, failures);
        report("lives", postgres, lives);
      }
    }
    System.exit(0);
  }

  private static void report(String what, EmbeddedPostgres postgres, List<Message> messages)
      throws Exception {
    double fine = run(postgres, messages, false);
    double refused = run(postgres, messages, true);
    System.out.printf(
        Locale.ROOT,
        "%s: %.0f messages a CPU second, %.0f with 1 refused in 2000: %.3f%n",
        what,
        fine,
        refused,
        refused / fine);
  }

  private static double run(EmbeddedPostgres postgres, List<Message> messages, boolean refuse)
      throws Exception {
    String url = postgres.newDatabase();
    try (PostgresSink sink = new PostgresSink(new PostgresAddress(url, "", ""))) {
      sink.prepare();
      sink.positions(List.of(PARTITION));
      long begin = System.nanoTime();
      double cpu = ProcessHandle.current().info().totalCpuDuration().get().toMillis() / 1e3;
      int refused = 0;
      for (int from = 0; from < messages.size(); from += BATCH) {
        List<Message> batch =
            new ArrayList<>(messages.subList(from, Math.min(messages.size(), from + BATCH)));
        for (int i = 1_000; refuse && i < batch.size(); i += 2_000) {
          batch.set(i, RefusedMessages.failure(from + i));
        }
        int[] count = new int[1];
        sink.write(
            new Batch(batch, Map.of(PARTITION, new Move(from, from + (long) batch.size()))),
            r -> count[0] = r.size());
        refused += count[0];
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      double ours = ProcessHandle.current().info().totalCpuDuration().get().toMillis() / 1e3 - cpu;
      double theirs = backendCpu(url);
      System.out.printf(
          Locale.ROOT,
          "    %d rows sent in %d statements, %d refused; %.2f s, CPU %.2f s ours, %.2f s theirs%n",
          sink.work().rows(),
          sink.work().statements(),
          refused,
          seconds,
          ours,
          theirs);
      return messages.size() / (ours + theirs);
    }
  }

  /** On a machine that others use too, what the work costs says more than how long it takes. */
  private static double backendCpu(String url) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet pid =
            statement.executeQuery(
                "select pid from pg_stat_activity where application_name = 'lookout-ingester'"
                    + " and datname = current_database()")) {
      pid.next();
      return ProcessHandle.of(pid.getLong(1))
              .orElseThrow()
              .info()
              .totalCpuDuration()
              .get()
              .toMillis()
          / 1e3;
    }
  }

  private static List<Message> failures() {
    List<Message> failures = new ArrayList<>();
    for (long seed = 0; failures.size() < MESSAGES; seed++) {
      for (Message message : Life.of(seed).messages()) {
        if (message instanceof Message.Failure && failures.size() < MESSAGES) {
          failures.add(message);
        }
      }
    }
    return failures;
  }

  /** Many jobs at once, as they come from a topic: the events of one lie far apart. */
  private static List<Message> lives() {
    List<List<Message>> told = new ArrayList<>();
    List<Message> messages = new ArrayList<>();
    long seed = 0;
    while (messages.size() < MESSAGES) {
      while (told.size() < 2_000) {
        told.add(new ArrayList<>(Life.of(seed++).messages()));
      }
      for (List<Message> life : told) {
        messages.add(life.remove(0));
      }
      told.removeIf(List::isEmpty);
    }
    return messages.subList(0, MESSAGES);
  }
}
