package io.faultline.domain.retry;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.group.GroupVerdict;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it is published.
 *
 * @param job about whose failure
 * @param run the run that failed
 * @param kind the kind of failure
 * @param decision what was decided
 * @param policyRevision its revision; 0 without a policy
 * @param categoriesRevision the revision of the categories that classified the failure
 * @param shadow what a policy that runs beside would have decided; null where there is none
 * @param advice whether the job is not ours: then nothing is done
 * @param at when it was decided
 * @param group what was decided about the set that the job is of, of which its failure is the
 *     cause; null where it is of none
 */
public record DecisionRecord(
    JobIdentity job,
    RunIdentity run,
    EvidenceKind kind,
    Decision decision,
    long policyRevision,
    long categoriesRevision,
    @Nullable ShadowDecision shadow,
    boolean advice,
    Instant at,
    @Nullable GroupVerdict group) {

  /** About a job in no set. */
  public DecisionRecord(
      JobIdentity job,
      RunIdentity run,
      EvidenceKind kind,
      Decision decision,
      long policyRevision,
      long categoriesRevision,
      @Nullable ShadowDecision shadow,
      boolean advice,
      Instant at) {
    this(job, run, kind, decision, policyRevision, categoriesRevision, shadow, advice, at, null);
  }

  /** The same, and what it means for the set that the job is of. */
  public DecisionRecord about(GroupVerdict set) {
    return new DecisionRecord(
        job, run, kind, decision, policyRevision, categoriesRevision, shadow, advice, at, set);
  }

  /** The policy that decided; empty on the legacy path. */
  public String policy() {
    return decision.policy();
  }
}
