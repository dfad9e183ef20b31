package io.faultline.ingester.sink.postgres;

import static io.faultline.ingester.sink.postgres.Column.bigint;
import static io.faultline.ingester.sink.postgres.Column.bool;
import static io.faultline.ingester.sink.postgres.Column.integer;
import static io.faultline.ingester.sink.postgres.Column.json;
import static io.faultline.ingester.sink.postgres.Column.text;
import static io.faultline.ingester.sink.postgres.Column.time;

import io.faultline.ingester.plan.BatchPlan;
import io.faultline.ingester.plan.DecisionRow;
import java.util.List;

/** {@code decisions}. What is there is never changed. */
final class DecisionsTable {

  static final Table<DecisionRow> TABLE =
      new Table<>(
          "decisions",
          BatchPlan::decisions,
          List.of(
              time("at", DecisionRow::at),
              text("job_id", r -> r.job().jobId()),
              text("run_id", r -> r.run().runId()),
              integer("run_index", r -> r.run().index()),
              text("queue", r -> r.job().queue()),
              text("job_set", r -> r.job().jobSet()),
              text("kind", DecisionRow::kind),
              bool("retry", r -> r.decision().retry()),
              text("reason", r -> r.decision().reason().word()),
              text("message", r -> r.decision().message()),
              text("policy", DecisionRow::policy),
              bigint("policy_revision", DecisionRow::policyRevision),
              integer("rule_index", r -> r.decision().ruleIndex()),
              text("rule_name", r -> r.decision().ruleName()),
              integer("retries_used", r -> r.decision().retriesUsed()),
              integer("retry_limit", r -> r.decision().retryLimit()),
              integer("global_max_retries", r -> r.decision().globalMaxRetries()),
              json("mutations", DecisionRow::mutations),
              json("backoff", DecisionRow::backoff),
              bool("advice", DecisionRow::advice),
              bigint("categories_revision", DecisionRow::categoriesRevision),
              json("trace", DecisionRow::trace),
              json("shadow", r -> r.shadow() == null ? null : r.shadow().json()),
              text("shadow_policy", r -> r.shadow() == null ? null : r.shadow().policy()),
              bool("shadow_agrees", r -> r.shadow() == null ? null : r.shadow().agrees()),
              text("set_id", r -> r.set() == null ? null : r.set().setId()),
              text("set_name", r -> r.set() == null ? null : r.set().setName()),
              integer("generation", r -> r.set() == null ? null : r.set().generation()),
              json("set_decision", r -> r.set() == null ? null : r.set().json())),
          "on conflict (job_id, run_id, at) do nothing");

  private DecisionsTable() {}
}
