package io.faultline.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;

/** Rows as the ingester writes them. */
final class LookoutRows implements AutoCloseable {

  private final Connection connection;

  LookoutRows(String url) throws SQLException {
    connection = DriverManager.getConnection(url);
  }

  void failure(String id, String jobId, Instant at, String category, int exitCode, String node)
      throws SQLException {
    failure(id, jobId, at, category, exitCode, node, true, "text");
  }

  void failure(
      String id,
      String jobId,
      Instant at,
      String category,
      int exitCode,
      String node,
      boolean counted,
      String message)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into lookout.failures
              (at, id, job_id, run_id, run_index, queue, job_set, kind, node, message,
               failure_info, evidence, rule_category, rule_index, pod_action, categories_name,
               categories_revision, counted, terminal, job_failures, job_category_failures)
            values (?, ?, ?, 'run', 0, 'q', 's', 'PodFailed', ?, ?,
               jsonb_build_object('exitCode', ?::int, 'category', ?::text, 'subcategory', 'sub'),
               '{"kind": "PodFailed"}', 'c', 1, 'Retain', 'default', 3, ?, true, 2, 1)
            """)) {
      insert.setTimestamp(1, Timestamp.from(at));
      insert.setString(2, id);
      insert.setString(3, jobId);
      insert.setString(4, node);
      insert.setString(5, message);
      insert.setInt(6, exitCode);
      insert.setString(7, category);
      insert.setBoolean(8, counted);
      insert.executeUpdate();
    }
  }

  void decision(String jobId, String runId, Instant at, boolean retry, String reason)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into lookout.decisions
              (at, job_id, run_id, run_index, queue, job_set, kind, retry, reason, message, policy,
               policy_revision, rule_index, rule_name, retries_used, retry_limit,
               global_max_retries, mutations, advice, categories_revision, trace,
               shadow, shadow_policy, shadow_agrees)
            values (?, ?, ?, 0, 'q', 's', 'PodFailed', ?, ?, 'matched rule: Retry', 'p', 4, 0,
               'rule-1', 0, 3, 20, '{"avoidSameNode": true}', false, 3,
               '[{"check": "rule-1", "value": "74", "expected": "In [74]", "holds": true}]',
               '{"policy": "next", "agrees": false}', 'next', false)
            """)) {
      insert.setTimestamp(1, Timestamp.from(at));
      insert.setString(2, jobId);
      insert.setString(3, runId);
      insert.setBoolean(4, retry);
      insert.setString(5, reason);
      insert.executeUpdate();
    }
  }

  void job(String jobId, String set, String state, Instant createdAt) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into lookout.jobs
              (job_id, queue, job_set, owner, state, runs, submitted_at, updated_at,
               state_sequence, created_at)
            values (?, 'q', ?, 'someone', ?, 1, ?, ?, 3, ?)
            """)) {
      insert.setString(1, jobId);
      insert.setString(2, set);
      insert.setString(3, state);
      insert.setTimestamp(4, Timestamp.from(createdAt));
      insert.setTimestamp(5, Timestamp.from(createdAt));
      insert.setTimestamp(6, Timestamp.from(createdAt));
      insert.executeUpdate();
    }
  }

  void run(String jobId, String runId, int index) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into lookout.runs
              (job_id, run_id, run_index, node, leased_at, running_at, outcome, failure_info,
               created_at)
            values (?, ?, ?, 'n1', now(), now(), 'failed', '{"exitCode": 74}', now())
            """)) {
      insert.setString(1, jobId);
      insert.setString(2, runId);
      insert.setInt(3, index);
      insert.executeUpdate();
    }
  }

  /** A run with its times; those that are not known are null. */
  void run(String jobId, int index, Instant leased, Instant started, Instant ended)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into lookout.runs
              (job_id, run_id, run_index, leased_at, running_at, ended_at, created_at)
            values (?, ?, ?, ?, ?, ?, now())
            """)) {
      insert.setString(1, jobId);
      insert.setString(2, jobId + "-" + index);
      insert.setInt(3, index);
      insert.setTimestamp(4, time(leased));
      insert.setTimestamp(5, time(started));
      insert.setTimestamp(6, time(ended));
      insert.executeUpdate();
    }
  }

  /** What was decided about a set, on a decision about one of its jobs. */
  void setDecision(String jobId, Instant at, String setId, int generation, String verdict)
      throws SQLException {
    decision(jobId, "run-" + at, at, true, "retry");
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update lookout.decisions
            set set_id = ?, set_name = 'train', generation = ?, set_decision = ?::jsonb,
                rule_name = 'maintenance'
            where job_id = ? and at = ?
            """)) {
      update.setString(1, setId);
      update.setInt(2, generation);
      update.setString(3, verdict);
      update.setString(4, jobId);
      update.setTimestamp(5, Timestamp.from(at));
      update.executeUpdate();
    }
  }

  /** That a job which is there has ended. */
  void ended(String jobId, Instant at) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update lookout.jobs set ended_at = ? where job_id = ?")) {
      update.setTimestamp(1, Timestamp.from(at));
      update.setString(2, jobId);
      update.executeUpdate();
    }
  }

  private static Timestamp time(Instant at) {
    return at == null ? null : Timestamp.from(at);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
