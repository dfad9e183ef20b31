package io.faultline.pipeline;

import io.faultline.app.fixture.CommittedRecords;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.job.ExecutorCommand;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.schemas.Topic;
import io.faultline.schemas.Topics;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What came of it, by job, in the same words as {@link Model}. */
final class Actual {

  private final String bootstrapServers;
  private final String jdbcUrl;
  private final Values values;

  Actual(String bootstrapServers, String jdbcUrl, Values values) {
    this.bootstrapServers = bootstrapServers;
    this.jdbcUrl = jdbcUrl;
    this.values = values;
  }

  Map<String, List<String>> events() {
    return lines(Topics.JOB_EVENTS, (event, to) -> to.accept(event.job().jobId(), line(event)));
  }

  private static String line(JobEvent event) {
    RunIdentity run = event.run();
    String line = event.sequence() + " " + event.detail().getClass().getSimpleName();
    if (event.detail() instanceof JobEvent.RetryScheduled scheduled) {
      return line + " " + scheduled.next().index();
    } else if (event.detail() instanceof JobEvent.Failed failed) {
      return line
          + " "
          + run.index()
          + " "
          + category(failed.failureInfo())
          + " retryable="
          + failed.retryable();
    }
    return run == null ? line : line + " " + run.index();
  }

  Map<String, List<String>> requests() {
    return lines(
        Topics.RUN_REQUESTS,
        (RunRequest request, BiConsumer<String, String> to) ->
            to.accept(request.job().jobId(), "run " + request.run().index()));
  }

  Map<String, List<String>> decisions() {
    return lines(
        Topics.DECISIONS,
        (DecisionRecord record, BiConsumer<String, String> to) ->
            to.accept(
                record.job().jobId(),
                record.run().index()
                    + " "
                    + record.decision().reason().word()
                    + " used="
                    + record.decision().retriesUsed()
                    + " policy="
                    + record.policy()
                    + (record.advice() ? " advice" : "")));
  }

  Map<String, List<String>> classified() {
    return lines(
        Topics.CLASSIFIED_ERRORS,
        (ClassifiedError failure, BiConsumer<String, String> to) -> {
          String id = failure.error().errorId();
          String line =
              failure.error().run().index()
                  + " "
                  + id.substring(id.lastIndexOf('/') + 1)
                  + " "
                  + category(failure.classification().info())
                  + " counted="
                  + failure.counted();
          to.accept(
              failure.error().job().jobId(),
              failure.counted()
                  ? line
                      + " job="
                      + failure.counts().job()
                      + " jobCategory="
                      + failure.counts().jobCategory()
                  : line);
        });
  }

  Map<String, List<String>> stops() {
    return lines(
        Topics.EXECUTOR_COMMANDS,
        (ExecutorCommand command, BiConsumer<String, String> to) ->
            to.accept(
                command.job().jobId(), command.action().name() + " " + command.run().index()));
  }

  /** How many committed records are on a topic. */
  int count(Topic<?> topic) {
    int[] count = {0};
    CommittedRecords.forEach(bootstrapServers, topic.name(), record -> count[0]++);
    return count[0];
  }

  Map<String, List<String>> jobRows() throws SQLException {
    return rows(
        """
        select job_id, state || ' runs=' || runs
            || coalesce(' ' || category || '/' || subcategory, '')
        from lookout.jobs
        """);
  }

  Map<String, List<String>> runRows() throws SQLException {
    return rows(
        """
        select job_id, run_index || ' ' || state
            || case when state = 'failed' then coalesce(' ' || category || '/' || subcategory, '')
               else '' end
        from lookout.runs order by job_id, run_index
        """);
  }

  Map<String, List<String>> failureRows() throws SQLException {
    return rows(
        """
        select job_id, run_index || ' ' || split_part(id, '/', 2) || ' '
            || category || '/' || subcategory
            || ' exit=' || coalesce(exit_code::text, 'null')
            || ' terminal=' || terminal::text || ' counted=' || counted::text
            || case when counted then ' job=' || job_failures else '' end
        from lookout.failures
        """);
  }

  Map<String, List<String>> decisionRows() throws SQLException {
    return rows(
        """
        select job_id, run_index || ' ' || reason || ' used=' || retries_used
            || ' policy=' || coalesce(policy, '') || case when advice then ' advice' else '' end
        from lookout.decisions order by job_id, run_index
        """);
  }

  /** How many jobs' rows have not seen the end. */
  int unfinishedJobs() throws SQLException {
    return countRows("jobs where ended_at is null");
  }

  int countRows(String table) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select count(*) from lookout." + table)) {
      result.next();
      return result.getInt(1);
    }
  }

  private static String category(FailureInfo info) {
    return info.category() + "/" + info.subcategory();
  }

  private Map<String, List<String>> rows(String sql) throws SQLException {
    Map<String, List<String>> rows = new HashMap<>();
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.computeIfAbsent(result.getString(1), job -> new ArrayList<>())
            .add(result.getString(2));
      }
    }
    return rows;
  }

  private interface ToLine<V> {
    void accept(V value, BiConsumer<String, String> to);
  }

  private <V> Map<String, List<String>> lines(Topic<V> topic, ToLine<V> toLine) {
    Map<String, List<String>> lines = new HashMap<>();
    CommittedRecords.forEach(
        bootstrapServers,
        topic.name(),
        record ->
            toLine.accept(
                values.value(topic, record.value()),
                (job, line) -> lines.computeIfAbsent(job, j -> new ArrayList<>()).add(line)));
    return lines;
  }
}
