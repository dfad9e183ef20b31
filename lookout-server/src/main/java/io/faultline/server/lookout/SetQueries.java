package io.faultline.server.lookout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.set.SetIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** Sets as they were accepted, with what became of their jobs. */
public final class SetQueries {

  private static final String SETS =
      """
      select s.*, s.manifest is null gang,
        (select max((d.set_decision ->> 'restarts')::integer) from lookout.decisions d
         where d.set_id = s.set_id) restarts,
        (select coalesce(jsonb_object_agg(c.state, c.jobs), '{}') from
           (select j.state, count(*) jobs from lookout.jobs j
            where j.job_id > s.set_id and j.job_id <= s.last_id group by j.state) c) states
      from control.submitted_sets s where %s
      """;

  private final Jdbi jdbi;

  public SetQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Sets, newest first. */
  public Page list(SetFilter filter) {
    Conditions conditions =
        new Conditions()
            .and("queue = :queue", "queue", filter.queue())
            .and("job_set = :jobSet", "jobSet", filter.jobSet())
            .after("accepted_at, set_id", filter.after());
    String sql =
        SETS.formatted(conditions.sql()) + "order by accepted_at desc, set_id desc limit :limit";
    return Page.of(
        jdbi,
        sql,
        conditions,
        filter.limit(),
        (row, context) -> new Page.Row(place(row), json(row)));
  }

  /** One set, with how many of its jobs are in which state, and its failure policy. */
  public Optional<ObjectNode> find(String setId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SETS.formatted("s.set_id = :id"))
                .bind("id", setId)
                .map(
                    (row, context) -> {
                      ObjectNode set = json(row);
                      set.set("jobsByState", state(row).counts());
                      new RowJson(row, set).tree("failurePolicy", "failure_policy");
                      return set;
                    })
                .findOne());
  }

  /**
   * A job by which a set is cancelled.
   *
   * @param job one that has not ended, where any hasn't
   * @param unsettled whether nothing of the set is shown: its submit may not be on Kafka yet
   */
  public record Handle(JobIdentity job, boolean unsettled) {}

  /** By which job a set is cancelled; empty where there is no such set. */
  public Optional<Handle> handle(String setId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select s.queue, s.job_set, s.gang_id,
                      (select j.job_id from lookout.jobs j
                       where j.job_id > s.set_id and j.job_id <= s.last_id
                       order by j.ended_at is null desc, j.job_id limit 1) shown
                    from control.submitted_sets s where s.set_id = :id
                    """)
                .bind("id", setId)
                .map(
                    (row, context) -> {
                      String shown = row.getString("shown");
                      return new Handle(
                          new JobIdentity(
                              shown == null ? SetIds.job(setId, 0) : shown,
                              row.getString("queue"),
                              row.getString("job_set"),
                              row.getString("gang_id")),
                          shown == null);
                    })
                .findOne());
  }

  /** Which of these are sets. */
  public Set<String> known(Set<String> setIds) {
    List<String> known =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select set_id from control.submitted_sets where set_id = any(:ids)")
                    .bind("ids", setIds.toArray(String[]::new))
                    .mapTo(String.class)
                    .list());
    return new HashSet<>(known);
  }

  private static Keyset place(ResultSet row) throws SQLException {
    return new Keyset(RowJson.instant(row, "accepted_at"), row.getString("set_id"));
  }

  private static SetState state(ResultSet row) throws SQLException {
    JsonNode shown = RowJson.parse(row.getString("states"));
    return new SetState(row.getInt("jobs"), shown);
  }

  private static ObjectNode json(ResultSet row) throws SQLException {
    ObjectNode json =
        new RowJson(row)
            .text("setId", "set_id")
            .text("name", "name")
            .text("queue", "queue")
            .text("jobSet", "job_set")
            .flag("gang", "gang")
            .text("owner", "owner")
            .number("jobs", "jobs")
            .time("submittedAt", "accepted_at")
            .json();
    json.put("state", state(row).word().toUpperCase(Locale.ROOT));
    json.put("restarts", row.getInt("restarts"));
    return json;
  }
}
