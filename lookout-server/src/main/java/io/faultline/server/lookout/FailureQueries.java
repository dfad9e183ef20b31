package io.faultline.server.lookout;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Failures. */
public final class FailureQueries {

  private static final String COLUMNS =
      """
      id, at, job_id, run_id, run_index, queue, job_set, gang_id, kind, cluster, executor, node,
      namespace, pod, message, failure_info, rule_category, rule_index, pod_action,
      categories_name, categories_revision, counted, terminal, job_failures, job_category_failures
      """;

  private final Jdbi jdbi;

  public FailureQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Failures, newest first, without their evidence. */
  public Page list(FailureFilter filter) {
    Conditions conditions =
        new Conditions()
            .and("category = :category", "category", filter.category())
            .and("subcategory = :subcategory", "subcategory", filter.subcategory())
            .and("queue = :queue", "queue", filter.queue())
            .and("job_set = :jobSet", "jobSet", filter.jobSet())
            .and("job_id = :jobId", "jobId", filter.jobId())
            .and("node = :node", "node", filter.node())
            .and("exit_code = :exitCode", "exitCode", filter.exitCode())
            .and("at >= :from", "from", filter.from())
            .and("at < :to", "to", filter.to())
            .after("at, id", filter.after());
    // in these words, so that the indexes on what was counted are used
    filter.counted().ifPresent(counted -> conditions.and(counted ? "counted" : "not counted"));
    String sql =
        "select %s from lookout.failures where %s order by at desc, id desc limit :limit"
            .formatted(COLUMNS, conditions.sql());
    return Page.of(
        jdbi,
        sql,
        conditions,
        filter.limit(),
        (row, context) ->
            new Page.Row(
                new Keyset(RowJson.instant(row, "at"), row.getString("id")), json(row).json()));
  }

  /** One failure with its whole evidence. */
  public Optional<ObjectNode> find(String id) {
    String sql =
        "select %s, evidence from lookout.failures where id = :id order by at limit 1"
            .formatted(COLUMNS);
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(sql)
                .bind("id", id)
                .map((row, context) -> json(row).tree("evidence", "evidence").json())
                .findOne());
  }

  /** All failures of a job, repeats included, oldest first. */
  public List<ObjectNode> ofJob(String jobId) {
    String sql =
        "select %s from lookout.failures where job_id = :id order by at, id limit 1000"
            .formatted(COLUMNS);
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(sql)
                .bind("id", jobId)
                .map((row, context) -> json(row).json())
                .list());
  }

  private static RowJson json(ResultSet row) throws SQLException {
    RowJson json =
        new RowJson(row)
            .text("failureId", "id")
            .text("jobId", "job_id")
            .text("queue", "queue")
            .text("jobSet", "job_set")
            .text("gangId", "gang_id")
            .text("runId", "run_id")
            .number("runIndex", "run_index")
            .time("at", "at")
            .text("kind", "kind")
            .text("executor", "executor")
            .text("cluster", "cluster")
            .text("namespace", "namespace")
            .text("podName", "pod")
            .text("node", "node")
            .flag("terminal", "terminal")
            .flag("counted", "counted")
            .text("message", "message")
            .text("action", "pod_action")
            .text("categoriesName", "categories_name")
            .number("categoriesRevision", "categories_revision")
            .tree("failureInfo", "failure_info");
    if (row.getString("rule_category") != null) {
      ObjectNode rule = JsonNodeFactory.instance.objectNode();
      rule.put("category", row.getString("rule_category")).put("index", row.getInt("rule_index"));
      json.json().set("rule", rule);
    }
    json.json()
        .putObject("counts")
        .put("job", row.getLong("job_failures"))
        .put("jobCategory", row.getLong("job_category_failures"));
    return json;
  }
}
