package io.faultline.ingester.sink.postgres;

import static io.faultline.ingester.sink.postgres.Column.bigint;
import static io.faultline.ingester.sink.postgres.Column.bool;
import static io.faultline.ingester.sink.postgres.Column.integer;
import static io.faultline.ingester.sink.postgres.Column.json;
import static io.faultline.ingester.sink.postgres.Column.text;
import static io.faultline.ingester.sink.postgres.Column.time;

import io.faultline.ingester.plan.BatchPlan;
import io.faultline.ingester.plan.FailureRow;
import java.util.List;

/** {@code failures}. The counted report of a failure is the row; a repeat changes nothing. */
final class FailuresTable {

  static final Table<FailureRow> TABLE =
      new Table<>(
          "failures",
          BatchPlan::failures,
          List.of(
              time("at", FailureRow::at),
              text("id", FailureRow::id),
              text("job_id", r -> r.job().jobId()),
              text("run_id", r -> r.run().runId()),
              integer("run_index", r -> r.run().index()),
              text("queue", r -> r.job().queue()),
              text("job_set", r -> r.job().jobSet()),
              text("gang_id", r -> r.job().gangId()),
              text("kind", FailureRow::kind),
              text("cluster", r -> r.place().cluster()),
              text("executor", r -> r.place().executor()),
              text("node", r -> r.place().node()),
              text("namespace", r -> r.place().namespace()),
              text("pod", r -> r.place().pod()),
              text("message", FailureRow::message),
              json("failure_info", FailureRow::failureInfo),
              json("evidence", FailureRow::evidence),
              text("rule_category", FailureRow::ruleCategory),
              integer("rule_index", FailureRow::ruleIndex),
              text("pod_action", FailureRow::podAction),
              text("categories_name", FailureRow::categoriesName),
              bigint("categories_revision", FailureRow::categoriesRevision),
              bool("counted", FailureRow::counted),
              bool("terminal", FailureRow::terminal),
              bigint("job_failures", FailureRow::jobFailures),
              bigint("job_category_failures", FailureRow::jobCategoryFailures)),
          "on conflict (id, at) do update set\n"
              + Groups.all(
                  List.of(
                      "job_id",
                      "run_id",
                      "run_index",
                      "queue",
                      "job_set",
                      "gang_id",
                      "kind",
                      "cluster",
                      "executor",
                      "node",
                      "namespace",
                      "pod",
                      "message",
                      "failure_info",
                      "evidence",
                      "rule_category",
                      "rule_index",
                      "pod_action",
                      "categories_name",
                      "categories_revision",
                      "counted",
                      "terminal",
                      "job_failures",
                      "job_category_failures"))
              + """

              where (not excluded.counted, excluded.categories_revision,
                     excluded.job_failures, excluded.job_category_failures)
                < (not t.counted, t.categories_revision, t.job_failures, t.job_category_failures)""");

  private FailuresTable() {}
}
