package io.faultline.ingester.sink.postgres;

import static io.faultline.ingester.sink.postgres.Column.bigint;
import static io.faultline.ingester.sink.postgres.Column.integer;
import static io.faultline.ingester.sink.postgres.Column.json;
import static io.faultline.ingester.sink.postgres.Column.text;
import static io.faultline.ingester.sink.postgres.Column.time;

import io.faultline.ingester.plan.BatchPlan;
import io.faultline.ingester.plan.JobRow;
import java.util.List;

/** {@code jobs}. The columns of the state come from one event and are taken together. */
final class JobsTable {

  static final Table<JobRow> TABLE =
      new Table<>(
          "jobs",
          BatchPlan::jobs,
          List.of(
              text("job_id", JobRow::jobId),
              time("created_at", JobRow::createdAt),
              text("queue", JobRow::queue),
              text("job_set", JobRow::jobSet),
              text("gang_id", JobRow::gangId),
              text("owner", JobRow::owner),
              integer("runs", JobRow::runs),
              time("submitted_at", JobRow::submittedAt),
              text("state", r -> r.state().word()),
              bigint("state_sequence", r -> r.state().sequence()),
              time("updated_at", r -> r.state().at()),
              time("ended_at", r -> r.state().endedAt()),
              time("retry_at", r -> r.state().retryAt()),
              text("kind", r -> r.state().kind()),
              text("reason", r -> r.state().reason()),
              text("message", r -> r.state().message()),
              text("policy", r -> r.state().policy()),
              text("requested_by", r -> r.state().requestedBy()),
              json("failure_info", r -> r.state().failureInfo())),
          """
          on conflict (job_id, created_at) do update set
            queue = greatest(t.queue, excluded.queue),
            job_set = greatest(t.job_set, excluded.job_set),
            gang_id = greatest(t.gang_id, excluded.gang_id),
            owner = greatest(t.owner, excluded.owner),
            runs = greatest(t.runs, excluded.runs),
            submitted_at = least(t.submitted_at, excluded.submitted_at),
          """
              + Groups.taken(
                  """
                  (excluded.ended_at is not null, excluded.state_sequence)
                    > (t.ended_at is not null, t.state_sequence)""",
                  List.of(
                      "state",
                      "state_sequence",
                      "updated_at",
                      "ended_at",
                      "retry_at",
                      "kind",
                      "reason",
                      "message",
                      "policy",
                      "requested_by",
                      "failure_info")));

  private JobsTable() {}
}
