package io.faultline.domain.retry;

import org.jspecify.annotations.Nullable;

/** One decision while it is made: each check adds to the trace, the last one ends it. */
final class Deliberation {

  private final RetrySettings settings;
  private final @Nullable RetryPolicy policy;
  private final RetryCounts counts;
  private final Trace trace;

  Deliberation(
      RetrySettings settings, @Nullable RetryPolicy policy, RetryCounts counts, Trace trace) {
    this.settings = settings;
    this.policy = policy;
    this.counts = counts;
    this.trace = trace;
  }

  /** The same question with a trace of its own. */
  Deliberation copy() {
    return new Deliberation(settings, policy, counts, trace.another());
  }

  /** The policy that applies; null for the legacy path. */
  @Nullable RetryPolicy policyInForce() {
    return settings.enabled() ? policy : null;
  }

  void add(Deliberation other) {
    trace.add(other.trace);
  }

  boolean killSwitch() {
    if (settings.globalMaxRetries() == 0) {
      trace.killSwitch();
      return true;
    }
    return false;
  }

  /** The decision where the cap over all policies ends it; else null. */
  @Nullable Decision globalCap() {
    int cap = settings.globalMaxRetries();
    if (killSwitch()) {
      return fail(DecisionReason.FAIL_GLOBAL_LIMIT, "global max retries is 0, retries disabled");
    }
    int granted = counts.retriesGranted();
    trace.globalLimit(granted, cap);
    return granted < cap
        ? null
        : fail(
            DecisionReason.FAIL_GLOBAL_LIMIT,
            "global max retries exceeded (" + granted + "/" + cap + ")");
  }

  /** The place of the first rule that is asked and matches; -1 when there is none. */
  int firstMatch(RetryPolicy policy, FailureSignals failure) {
    RetryRuleIndex rules = policy.rulesFor(failure.kind());
    int match = trace.firstMatch(rules, failure);
    return match < 0 ? match : rules.place(match);
  }

  /** What the matched rule asks for, or the default action where the index is negative. */
  Decision byRuleOrDefault(RetryPolicy policy, int matched) {
    RetryRule rule = matched < 0 ? null : policy.rules().get(matched);
    RetryAction action = rule == null ? policy.defaultAction() : rule.action();
    String message =
        rule == null
            ? "no rule matched, using default action"
            : "matched rule: " + rule.action().word();
    trace.action(rule, action);
    if (action == RetryAction.FAIL) {
      DecisionReason reason = rule == null ? DecisionReason.FAIL_DEFAULT : DecisionReason.FAIL_RULE;
      return end(false, reason, message, rule, matched, Mutations.NONE);
    }
    int used = counts.retriesUsed();
    int limit = policy.retryLimit();
    trace.retryLimit(counts, limit);
    if (used >= limit) {
      return end(
          false,
          DecisionReason.FAIL_POLICY_LIMIT,
          "policy retry limit exceeded (" + used + "/" + limit + ")",
          rule,
          matched,
          Mutations.NONE);
    }
    Mutations mutations = rule == null ? Mutations.NONE : rule.mutations();
    return end(true, DecisionReason.RETRY, message, rule, matched, mutations);
  }

  /** A returned lease, which never ran: tried again up to a number of runs. */
  Decision returnedLease() {
    int attempted = counts.attemptedRuns();
    int max = settings.maxAttemptedRuns();
    trace.attempts(attempted, max);
    if (attempted >= max) {
      return fail(
          DecisionReason.MAX_RUNS,
          "maximum number of runs attempted (" + attempted + "/" + max + ")");
    }
    return end(
        true,
        DecisionReason.LEASE_RETURNED,
        "lease returned, trying again (" + attempted + "/" + max + ")",
        null,
        -1,
        Mutations.NONE);
  }

  /** A preempted run that no rule names. */
  Decision preempted() {
    return fail(DecisionReason.PREEMPTED, "preempted, and no rule names preemption");
  }

  Decision fail(DecisionReason reason, String message) {
    return end(false, reason, message, null, -1, Mutations.NONE);
  }

  private Decision end(
      boolean retry,
      DecisionReason reason,
      String message,
      @Nullable RetryRule rule,
      int index,
      Mutations mutations) {
    return new Decision(
        retry,
        reason,
        message,
        rule == null ? null : index,
        rule == null ? "" : rule.name(),
        counts.retriesUsed(),
        policy == null ? 0 : policy.retryLimit(),
        settings.globalMaxRetries(),
        mutations,
        trace.steps());
  }
}
