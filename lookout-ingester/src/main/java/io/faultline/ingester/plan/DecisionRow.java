package io.faultline.ingester.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.retry.Mutations;
import io.faultline.domain.retry.ShadowDecision;
import io.faultline.rules.json.DecisionJson;
import java.time.Instant;

/**
 * A row of the table of decisions. A decision is published once and never changes, so of two with
 * one key either will do.
 *
 * @param at when it was decided; last part of the key
 * @param job about whose failure
 * @param run about which run
 * @param kind of evidence
 * @param decision what was decided
 * @param mutations JSON; null where the next run doesn't differ
 * @param backoff JSON; null where the next run waits for nothing
 * @param trace JSON
 * @param policy that decided; null where none did
 * @param policyRevision its revision; 0 without a policy
 * @param categoriesRevision of the categories that classified the failure
 * @param advice whether the job is not ours
 * @param shadow what a policy in the shadow would have decided; null where there was none
 * @param set what was decided about the job's set; null where it is in none
 */
public record DecisionRow(
    Instant at,
    JobIdentity job,
    RunIdentity run,
    String kind,
    Decision decision,
    String mutations,
    String backoff,
    String trace,
    String policy,
    long policyRevision,
    long categoriesRevision,
    boolean advice,
    Shadow shadow,
    SetDecision set)
    implements Row<DecisionRow> {

  static DecisionRow of(DecisionRecord record) {
    ObjectNode json = DecisionJson.of(record.decision());
    boolean mutates = !record.decision().mutations().equals(Mutations.NONE);
    return new DecisionRow(
        Storable.time(record.at()),
        FailureRow.clean(record.job()),
        new RunIdentity(Storable.clean(record.run().runId()), record.run().index()),
        record.kind().word(),
        clean(record.decision()),
        mutates ? Storable.json(json.get("mutations")) : null,
        record.decision().pause() == null ? null : Storable.json(json.get("backoff")),
        Storable.json(json.get("trace")),
        Storable.text(record.policy()),
        record.policyRevision(),
        record.categoriesRevision(),
        record.advice(),
        shadow(record.shadow()),
        SetDecision.of(record.group()));
  }

  /**
   * What a policy in the shadow would have decided.
   *
   * @param policy its name
   * @param agrees whether the job would have gone on in the same way
   * @param json all of it
   */
  public record Shadow(String policy, boolean agrees, String json) {}

  private static Shadow shadow(ShadowDecision shadow) {
    return shadow == null
        ? null
        : new Shadow(
            Storable.clean(shadow.decision().policy()),
            shadow.agrees(),
            Storable.json(DecisionJson.of(shadow)));
  }

  private static Decision clean(Decision decision) {
    return new Decision(
        decision.retry(),
        decision.reason(),
        Storable.clean(decision.message()),
        decision.policy(),
        decision.ruleIndex(),
        Storable.clean(decision.ruleName()),
        decision.retriesUsed(),
        decision.retryLimit(),
        decision.globalMaxRetries(),
        decision.counted(),
        decision.pause(),
        decision.mutations(),
        decision.trace());
  }

  @Override
  public RowKey key() {
    return new RowKey(job.jobId(), run.runId(), at);
  }

  @Override
  public DecisionRow merge(DecisionRow other) {
    return this;
  }
}
