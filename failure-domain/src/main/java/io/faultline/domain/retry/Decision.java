package io.faultline.domain.retry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a policy decides about one failure.
 *
 * @param retry whether another run follows
 * @param reason why, as one word
 * @param message why, for people
 * @param policy the policy that decided; empty on the legacy path
 * @param ruleIndex the rule that matched, from 0; null when none did
 * @param ruleName its name, {@code rule-<index + 1>} where it has none; empty when none matched
 * @param retriesUsed retries of the policy's budget that were used before this decision
 * @param retryLimit the policy's budget; 0 without a policy
 * @param globalMaxRetries the cap over all policies
 * @param counted whether the failure uses the policy's budget
 * @param pause how long the retry waits; null where it does not, or where none is granted
 * @param mutations how the next run differs
 * @param trace how it came about, in order
 */
public record Decision(
    boolean retry,
    DecisionReason reason,
    String message,
    String policy,
    @Nullable Integer ruleIndex,
    String ruleName,
    int retriesUsed,
    int retryLimit,
    int globalMaxRetries,
    boolean counted,
    @Nullable Pause pause,
    Mutations mutations,
    List<TraceStep> trace) {

  /** Copies the trace. */
  public Decision {
    trace = List.copyOf(trace);
  }

  /**
   * How long a retry waits.
   *
   * @param backoff by which it is reckoned
   * @param earlier retries before this one by the same rule, or by the default action
   */
  public record Pause(Backoff backoff, int earlier) {}
}
