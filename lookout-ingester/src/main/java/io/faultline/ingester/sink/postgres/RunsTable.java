package io.faultline.ingester.sink.postgres;

import static io.faultline.ingester.sink.postgres.Column.bigint;
import static io.faultline.ingester.sink.postgres.Column.bool;
import static io.faultline.ingester.sink.postgres.Column.integer;
import static io.faultline.ingester.sink.postgres.Column.json;
import static io.faultline.ingester.sink.postgres.Column.text;
import static io.faultline.ingester.sink.postgres.Column.time;

import io.faultline.ingester.plan.BatchPlan;
import io.faultline.ingester.plan.RunRow;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code runs}. Each topic brings columns of its own; those of a failure, a decision and an outcome
 * are taken together, and none is ever erased.
 */
final class RunsTable {

  static final Table<RunRow> TABLE =
      new Table<>(
          "runs",
          BatchPlan::runs,
          List.of(
              text("job_id", RunRow::jobId),
              text("run_id", RunRow::runId),
              time("created_at", RunRow::createdAt),
              integer("run_index", RunRow::runIndex),
              text("cluster", r -> r.place().cluster()),
              text("executor", r -> r.place().executor()),
              text("node", r -> r.place().node()),
              text("namespace", r -> r.place().namespace()),
              text("pod", r -> r.place().pod()),
              time("leased_at", r -> r.times().leased()),
              time("pending_at", r -> r.times().pending()),
              time("running_at", r -> r.times().running()),
              time("ended_at", r -> r.times().ended()),
              text("failure_id", known(RunRow::failure, f -> f.id())),
              time("failure_at", known(RunRow::failure, f -> f.at())),
              text("kind", known(RunRow::failure, f -> f.kind())),
              text("message", known(RunRow::failure, f -> f.message())),
              json("failure_info", known(RunRow::failure, f -> f.failureInfo())),
              text("decision", known(RunRow::decision, d -> d.reason())),
              bool("retry", known(RunRow::decision, d -> d.retry())),
              text("decision_message", known(RunRow::decision, d -> d.message())),
              text("policy", known(RunRow::decision, d -> d.policy())),
              time("decided_at", known(RunRow::decision, d -> d.at())),
              text("outcome", known(RunRow::outcome, o -> o.word())),
              bigint("outcome_sequence", known(RunRow::outcome, o -> o.sequence())),
              text("reason", known(RunRow::outcome, o -> o.reason()))),
          """
          on conflict (job_id, run_id, created_at) do update set
            run_index = greatest(t.run_index, excluded.run_index),
            cluster = greatest(t.cluster, excluded.cluster),
            executor = greatest(t.executor, excluded.executor),
            node = greatest(t.node, excluded.node),
            namespace = greatest(t.namespace, excluded.namespace),
            pod = greatest(t.pod, excluded.pod),
            leased_at = least(t.leased_at, excluded.leased_at),
            pending_at = least(t.pending_at, excluded.pending_at),
            running_at = least(t.running_at, excluded.running_at),
            ended_at = least(t.ended_at, excluded.ended_at),
          """
              + Groups.taken(
                  """
                  excluded.failure_at is not null and (t.failure_at is null
                    or (excluded.failure_id is null, excluded.failure_at, excluded.failure_id)
                      < (t.failure_id is null, t.failure_at, t.failure_id))""",
                  List.of("failure_id", "failure_at", "kind", "message", "failure_info"))
              + ",\n"
              + Groups.taken(
                  """
                  excluded.decided_at is not null and (t.decided_at is null
                    or (excluded.decided_at, excluded.decision collate "C")
                      > (t.decided_at, t.decision collate "C"))""",
                  List.of("decision", "retry", "decision_message", "policy", "decided_at"))
              + ",\n"
              + Groups.taken(
                  """
                  excluded.outcome is not null and (t.outcome is null
                    or excluded.outcome_sequence < t.outcome_sequence)""",
                  List.of("outcome", "outcome_sequence", "reason")));

  private RunsTable() {}

  /** A value of a part that may not be known. */
  private static <P, V> Function<RunRow, V> known(Function<RunRow, P> part, Function<P, V> value) {
    return row -> Optional.ofNullable(part.apply(row)).map(value).orElse(null);
  }
}
