package io.faultline.ingester;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SortedSet;
import java.util.TreeSet;

/** The rows of each table as lines of text, times in microseconds, NULL as nothing. */
public record Tables(
    SortedSet<String> jobs,
    SortedSet<String> runs,
    SortedSet<String> failures,
    SortedSet<String> decisions) {

  /** No rows. */
  public static Tables none() {
    return new Tables(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
  }

  /** Adds the rows of another. */
  public Tables add(Tables other) {
    jobs.addAll(other.jobs);
    runs.addAll(other.runs);
    failures.addAll(other.failures);
    decisions.addAll(other.decisions);
    return this;
  }

  /** What a database holds. */
  public static Tables read(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      return new Tables(
          lines(
              statement,
              """
              select format('%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s', job_id, queue, job_set, gang_id,
                owner, state, runs, us(submitted_at), us(updated_at), us(ended_at), us(retry_at),
                kind, category, exit_code, jsonb_typeof(failure_info -> 'exitCode'), reason, message, policy,
                requested_by)
              from lookout.jobs"""),
          lines(
              statement,
              """
              select format('%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s', job_id, run_id, run_index,
                state, cluster, executor, node, pod, us(leased_at), us(pending_at), us(running_at),
                us(ended_at), kind, category, exit_code, message, reason, failure_id, decision, retry,
                us(decided_at))
              from lookout.runs"""),
          lines(
              statement,
              """
              select format('%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s', id, job_id, run_id, us(at), category,
                exit_code, node, message, counted, terminal, categories_revision)
              from lookout.failures"""),
          lines(
              statement,
              """
              select format('%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s', job_id, run_id, us(at), retry, reason,
                policy, advice, trace -> 0 ->> 'check', set_id, set_name, generation, set_decision)
              from lookout.decisions"""));
    }
  }

  private static SortedSet<String> lines(Statement statement, String sql) throws SQLException {
    SortedSet<String> lines = new TreeSet<>();

    String plain = sql.replaceAll("us\\((\\w+)\\)", "(extract(epoch from $1) * 1000000)::bigint");
    try (ResultSet rows = statement.executeQuery(plain)) {
      while (rows.next()) {
        if (!lines.add(rows.getString(1))) {
          throw new IllegalStateException("twice the same row: " + rows.getString(1));
        }
      }
    }
    return lines;
  }
}
