package io.faultline.benchmarks.ingest;

import static io.faultline.benchmarks.Progress.say;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.benchmarks.WorkFolder;
import io.faultline.embedded.EmbeddedPostgres;
import io.faultline.ingester.plan.Message;
import io.faultline.ingester.sink.Batch;
import io.faultline.ingester.sink.Batch.Move;
import io.faultline.ingester.sink.postgres.PostgresAddress;
import io.faultline.ingester.sink.postgres.PostgresSink;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How many failures a second come to stand in PostgreSQL, with all that each has written: its row,
 * its run's, its job's and the decision's; beside a bare COPY of the rows of failures, and with one
 * refused row in 2,000. One writer, fsync on.
 */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description = "Rows into PostgreSQL, beside a bare COPY, and with refused rows.")
public final class IngestBenchmark implements Callable<Integer> {

  private static final TopicPartition PARTITION = new TopicPartition("faultline.job-events", 0);
  private static final int BATCH = 5_000;
  private static final int REFUSED_EVERY = 2_000;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "how many jobs fail, one in ten twice (default: ${DEFAULT-VALUE})")
  private int jobs = 50_000;

  @Option(names = "--rounds", paramLabel = "N", description = "(default: ${DEFAULT-VALUE})")
  private int rounds = 3;

  /** What one pass took. */
  private record Pass(double seconds, double cpuSeconds, long refused) {}

  @Override
  public Integer call() throws Exception {
    Lives lives = new Lives();
    List<Message> begun = lives.begun(jobs);
    List<Message> failed = lives.failed(jobs);
    List<Message> withRefused = withRefused(failed);
    int failures = jobs + (jobs + 9) / 10;
    ArrayNode results = new JsonMapper().createArrayNode();
    try (WorkFolder folder = WorkFolder.make();
        EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.path().resolve("postgres"))) {
      for (int round = 0; round < rounds; round++) {
        say("round %d of %d", round + 1, rounds);
        String url = postgres.newDatabase();
        Pass fine = pass(url, begun, failed);
        double copied = BareCopy.rowsPerSecond(url, BATCH);
        Pass refused = pass(postgres.newDatabase(), begun, withRefused);
        ObjectNode json = results.addObject();
        json.put("benchmark", "ingest");
        json.put("failuresPerSecond", Math.round(failures / fine.seconds()));
        json.put("bareCopyRowsPerSecond", Math.round(copied));
        json.put("cpuMicrosPerFailure", Math.round(fine.cpuSeconds() * 1e6 / failures));
        json.put("ratioToBareCopy", ratio(failures / fine.seconds(), copied));
        json.put("rowsRefused", refused.refused());
        json.put("timeWithRefused", ratio(refused.seconds(), fine.seconds()));
        json.put("cpuWithRefused", ratio(refused.cpuSeconds(), fine.cpuSeconds()));
      }
    }
    System.out.println(results.toPrettyString());
    return 0;
  }

  private static List<Message> withRefused(List<Message> messages) {
    List<Message> all = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      if (i % REFUSED_EVERY == REFUSED_EVERY / 2) {
        all.add(Lives.refused(i));
      }
      all.add(messages.get(i));
    }
    return all;
  }

  private static Pass pass(String url, List<Message> begun, List<Message> failed) throws Exception {
    try (PostgresSink sink = new PostgresSink(new PostgresAddress(url, "", ""))) {
      sink.prepare();
      sink.positions(List.of(PARTITION));
      write(sink, begun, 0);
      double cpu = cpuSeconds(url);
      long begin = System.nanoTime();
      long refused = write(sink, failed, begun.size());
      double seconds = (System.nanoTime() - begin) / 1e9;
      return new Pass(seconds, cpuSeconds(url) - cpu, refused);
    }
  }

  private static long write(PostgresSink sink, List<Message> messages, long offset)
      throws Exception {
    long[] refused = new long[1];
    for (int from = 0; from < messages.size(); from += BATCH) {
      List<Message> batch = messages.subList(from, Math.min(messages.size(), from + BATCH));
      Move move = new Move(offset + from, offset + from + batch.size());
      sink.write(
          new Batch(batch, Map.of(PARTITION, move)), refusals -> refused[0] += refusals.size());
    }
    return refused[0];
  }

  /** Ours, and that of the server's process that writes for us. */
  private static double cpuSeconds(String url) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet pid =
            statement.executeQuery(
                """
                select pid from pg_stat_activity
                where application_name = 'lookout-ingester' and datname = current_database()
                """)) {
      pid.next();
      return cpuSeconds(ProcessHandle.current())
          + cpuSeconds(ProcessHandle.of(pid.getLong(1)).orElseThrow());
    }
  }

  private static double cpuSeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
  }

  private static double ratio(double one, double other) {
    return Math.round(1_000 * one / other) / 1e3;
  }
}
