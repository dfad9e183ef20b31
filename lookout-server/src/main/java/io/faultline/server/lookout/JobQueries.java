package io.faultline.server.lookout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.set.SetJobId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/**
 * Jobs and runs. A job is there from the moment its submit was committed: while the ingester has
 * not seen it, it is read from {@code control.submitted_jobs}, or made from the set that it is of,
 * and is {@code ACCEPTED}.
 */
public final class JobQueries {

  private static final String SHOWN =
      """
      select job_id, created_at, queue, job_set, gang_id, owner, state, runs, submitted_at,
        updated_at, ended_at, retry_at, kind, reason, message, policy, requested_by, failure_info
      from lookout.jobs where %s
      """;

  private static final String ACCEPTED =
      """
      select job_id, accepted_at, queue, job_set, gang_id, owner, 'accepted', 0, accepted_at,
        accepted_at, null, null, null, null, null, null, null, null
      from %s s
      where %s and not exists (select 1 from lookout.jobs j where j.job_id = s.job_id%s)
      """;

  /** Looks each job up by itself, since nobody can guess how many jobs sets have. */
  private static final String ONE_BY_ONE = " offset 0";

  private static final String ALONE = "control.submitted_jobs";

  /** The id of a set's job is that of the set with its number, from 1, in the last 24 bits. */
  private static final String IN_SETS =
      """
      (select left(set_id, 30) || lpad(to_hex(number), 6, '0') job_id,
         accepted_at, queue, job_set, gang_id, owner, shown
       from control.submitted_sets cross join lateral generate_series(%s) number
       where %s)""";

  private final Jdbi jdbi;

  public JobQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Jobs, newest first. */
  public Page list(JobFilter filter) {
    String part = "(%s order by 2 desc, 1 desc limit :limit)";
    Conditions shown = conditions(filter, "created_at, job_id");
    if (!filter.states().isEmpty()) {
      shown.and("state = any(:states)").bind("states", filter.states().toArray(String[]::new));
    }
    Conditions accepted = conditions(filter, "accepted_at, job_id").and("not shown");
    boolean asksForAccepted =
        filter.states().isEmpty() || filter.states().contains(JobFilter.ACCEPTED);
    String inSets = IN_SETS.formatted("1, jobs", "not shown");
    String sql =
        Stream.of(
                Optional.of(SHOWN.formatted(shown.sql())),
                Optional.of(ACCEPTED.formatted(ALONE, accepted.sql(), ""))
                    .filter(x -> asksForAccepted),
                Optional.of(ACCEPTED.formatted(inSets, accepted.sql(), ONE_BY_ONE))
                    .filter(x -> asksForAccepted))
            .flatMap(Optional::stream)
            .map(part::formatted)
            .collect(
                Collectors.joining(
                    " union all ", "select * from (", ") j order by 2 desc, 1 desc limit :limit"));
    return Page.of(
        jdbi,
        sql,
        shown,
        filter.limit(),
        (row, context) ->
            new Page.Row(
                new Keyset(RowJson.instant(row, "created_at"), row.getString("job_id")),
                json(row)));
  }

  /** One job, without its runs; empty where nobody knows it. */
  public Optional<ObjectNode> find(String jobId) {
    Optional<SetJobId> member = SetJobId.of(jobId);
    String inSet = IN_SETS.formatted(":number, :number", "set_id = :setId and jobs >= :number");
    String sql =
        SHOWN.formatted("job_id = :id")
            + "union all\n"
            + ACCEPTED.formatted(ALONE, "job_id = :id", "")
            + "union all\n"
            + ACCEPTED.formatted(inSet, "true", "");
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(sql)
                .bind("id", jobId)
                .bind("setId", member.map(SetJobId::setId).orElse(""))
                .bind("number", member.map(m -> m.index() + 1).orElse(0))
                .map((row, context) -> json(row))
                .findFirst());
  }

  /** The runs of a job, oldest first. */
  public List<ObjectNode> runs(String jobId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from lookout.runs where job_id = :id order by run_index, run_id
                    """)
                .bind("id", jobId)
                .map((row, context) -> run(row))
                .list());
  }

  private static Conditions conditions(JobFilter filter, String key) {
    return new Conditions()
        .and("queue = :queue", "queue", filter.queue())
        .and("job_set = :jobSet", "jobSet", filter.jobSet())
        .after(key, filter.after());
  }

  private static ObjectNode json(ResultSet row) throws SQLException {
    return new RowJson(row)
        .text("jobId", "job_id")
        .text("queue", "queue")
        .text("jobSet", "job_set")
        .text("gangId", "gang_id")
        .text("owner", "owner")
        .upperCase("state", "state")
        .number("runCount", "runs")
        .time("submittedAt", "submitted_at")
        .time("changedAt", "updated_at")
        .time("endedAt", "ended_at")
        .time("retryAt", "retry_at")
        .text("kind", "kind")
        .text("reason", "reason")
        .text("message", "message")
        .text("policy", "policy")
        .text("requestedBy", "requested_by")
        .tree("failureInfo", "failure_info")
        .json();
  }

  private static ObjectNode run(ResultSet row) throws SQLException {
    return new RowJson(row)
        .text("runId", "run_id")
        .number("runIndex", "run_index")
        .upperCase("state", "state")
        .text("executor", "executor")
        .text("cluster", "cluster")
        .text("node", "node")
        .text("namespace", "namespace")
        .text("podName", "pod")
        .time("leasedAt", "leased_at")
        .time("pendingAt", "pending_at")
        .time("startedAt", "running_at")
        .time("endedAt", "ended_at")
        .text("kind", "kind")
        .text("reason", "reason")
        .text("message", "message")
        .tree("failureInfo", "failure_info")
        .text("failureId", "failure_id")
        .text("decision", "decision")
        .flag("retry", "retry")
        .text("decisionMessage", "decision_message")
        .text("policy", "policy")
        .time("decidedAt", "decided_at")
        .json();
  }
}
