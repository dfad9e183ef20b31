package io.faultline.domain.retry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a policy decides about one failure.
 *
 * @param retry whether another run follows
 * @param reason why, as one word
 * @param message why, for people
 * @param ruleIndex the rule that matched, from 0; null when none did
 * @param ruleName its name, {@code rule-<index + 1>} where it has none; empty when none matched
 * @param retriesUsed retries of the policy's budget that were used before this decision
 * @param retryLimit the policy's budget; 0 without a policy
 * @param globalMaxRetries the cap over all policies
 * @param mutations how the next run differs
 * @param trace how it came about, in order
 */
public record Decision(
    boolean retry,
    DecisionReason reason,
    String message,
    @Nullable Integer ruleIndex,
    String ruleName,
    int retriesUsed,
    int retryLimit,
    int globalMaxRetries,
    Mutations mutations,
    List<TraceStep> trace) {

  /** Copies the trace. */
  public Decision {
    trace = List.copyOf(trace);
  }
}
