package io.faultline.server.lookout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Decisions. */
public final class DecisionQueries {

  /** Between the two ids of a decision's key; no id holds one. */
  private static final char SEPARATOR = '\n';

  private final Jdbi jdbi;

  public DecisionQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Decisions, newest first. */
  public Page list(DecisionFilter filter) {
    Conditions conditions =
        new Conditions()
            .and("queue = :queue", "queue", filter.queue())
            .and("job_set = :jobSet", "jobSet", filter.jobSet())
            .and("job_id = :jobId", "jobId", filter.jobId())
            .and("reason = :reason", "reason", filter.reason())
            .and("policy = :policy", "policy", filter.policy())
            .and("advice = :advice", "advice", filter.advice())
            .and("shadow_policy = :shadowPolicy", "shadowPolicy", filter.shadowPolicy())
            .and("shadow_agrees = :shadowAgrees", "shadowAgrees", filter.shadowAgrees())
            .and("at >= :from", "from", filter.from())
            .and("at < :to", "to", filter.to());
    filter
        .after()
        .ifPresent(
            place -> {
              int split = place.id().lastIndexOf(SEPARATOR);
              conditions
                  .and("(at, job_id, run_id) < (:afterAt, :afterJob, :afterRun)")
                  .bind("afterAt", place.at())
                  .bind("afterJob", place.id().substring(0, Math.max(split, 0)))
                  .bind("afterRun", place.id().substring(split + 1));
            });
    String sql =
        """
        select * from lookout.decisions where %s
        order by at desc, job_id desc, run_id desc limit :limit
        """
            .formatted(conditions.sql());
    return Page.of(
        jdbi,
        sql,
        conditions,
        filter.limit(),
        (row, context) -> new Page.Row(place(row), json(row)));
  }

  /** All decisions about a job, oldest first. */
  public List<ObjectNode> ofJob(String jobId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from lookout.decisions where job_id = :id
                    order by at, run_index, run_id limit 1000
                    """)
                .bind("id", jobId)
                .map((row, context) -> json(row))
                .list());
  }

  private static Keyset place(ResultSet row) throws SQLException {
    return new Keyset(
        RowJson.instant(row, "at"), row.getString("job_id") + SEPARATOR + row.getString("run_id"));
  }

  private static ObjectNode json(ResultSet row) throws SQLException {
    ObjectNode json =
        new RowJson(row)
            .text("jobId", "job_id")
            .text("queue", "queue")
            .text("jobSet", "job_set")
            .text("runId", "run_id")
            .number("runIndex", "run_index")
            .text("kind", "kind")
            .time("at", "at")
            .text("policy", "policy")
            .number("policyRevision", "policy_revision")
            .number("categoriesRevision", "categories_revision")
            .flag("advice", "advice")
            .text("reason", "reason")
            .text("message", "message")
            .number("retriesUsed", "retries_used")
            .number("retryLimit", "retry_limit")
            .number("globalMaxRetries", "global_max_retries")
            .tree("mutations", "mutations")
            .tree("backoff", "backoff")
            .tree("trace", "trace")
            .tree("shadow", "shadow")
            .json();
    json.put("decision", row.getBoolean("retry") ? "retry" : "fail");
    if (row.getString("set_id") != null) {
      json.set("set", set(row));
    }
    return new RowJson(row, json).rule().json();
  }

  private static ObjectNode set(ResultSet row) throws SQLException {
    ObjectNode set =
        new RowJson(row)
            .text("setId", "set_id")
            .text("name", "set_name")
            .number("generation", "generation")
            .json();
    set.setAll((ObjectNode) RowJson.parse(row.getString("set_decision")));
    return set;
  }
}
