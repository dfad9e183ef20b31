package io.faultline.domain.retry;

/** Why something was decided; the one word for metric, status, event and log. */
public enum DecisionReason {
  RETRY("retry"),
  FAIL_RULE("fail_rule"),
  FAIL_DEFAULT("fail_default"),
  FAIL_POLICY_LIMIT("fail_policy_limit"),
  FAIL_RULE_LIMIT("fail_rule_limit"),
  FAIL_GLOBAL_LIMIT("fail_global_limit"),
  NO_ERROR("no_error"),
  RETRY_UNSCHEDULABLE("retry_unschedulable"),
  FAIL_FAST("fail_fast"),
  /** The failure's category says that another try can't help. */
  FAIL_FATAL("fail_fatal"),
  /** The legacy path without a policy: a returned lease is tried again. */
  LEASE_RETURNED("lease_returned"),
  /** The legacy path: too many attempted runs. */
  MAX_RUNS("max_runs"),
  /** The legacy path: this kind of failure is not tried again. */
  NO_POLICY("no_policy"),
  /** A preempted run that no rule names ends its job. */
  PREEMPTED("preempted");

  private final String word;

  DecisionReason(String word) {
    this.word = word;
  }

  /** The word, for example {@code fail_policy_limit}. */
  public String word() {
    return word;
  }

  /** Whether a policy was asked. */
  public boolean byPolicy() {
    return this == RETRY || refusalByPolicy();
  }

  /** Whether a policy was asked and refused a retry. */
  public boolean refusalByPolicy() {
    return this == FAIL_RULE
        || this == FAIL_DEFAULT
        || this == FAIL_POLICY_LIMIT
        || this == FAIL_RULE_LIMIT
        || this == FAIL_FATAL
        || this == FAIL_GLOBAL_LIMIT
        || this == NO_ERROR;
  }

  /** Whether a retry was refused, by a policy or for the number of attempted runs. */
  public boolean refusal() {
    return refusalByPolicy() || this == MAX_RUNS;
  }
}
