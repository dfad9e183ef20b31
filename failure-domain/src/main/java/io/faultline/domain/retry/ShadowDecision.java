package io.faultline.domain.retry;

/**
 * What a policy that runs beside the one in force would have decided. It changes nothing.
 *
 * @param decision with the trace; its policy is the one in the shadow
 * @param policyRevision its revision
 * @param agrees whether the job would have gone on in the same way: tried again or not, and with
 *     the same differences of the next run
 */
public record ShadowDecision(Decision decision, long policyRevision, boolean agrees) {

  /** Compares with what was decided. */
  public static ShadowDecision of(Decision shadow, long policyRevision, Decision decided) {
    boolean agrees =
        shadow.retry() == decided.retry() && shadow.mutations().equals(decided.mutations());
    return new ShadowDecision(shadow, policyRevision, agrees);
  }
}
