package io.faultline.domain.retry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One decision while it is made: each check adds to the trace, the last one ends it. */
final class Deliberation {

  /**
   * How many rules that don't match are traced one by one; what follows is summed up, so that the
   * decision of a policy with thousands of rules still fits in a message.
   */
  static final int TRACED_RULES = 100;

  /** A longer value is cut in the trace; the failure itself keeps it whole. */
  static final int TRACED_CHARS = 200;

  private final RetrySettings settings;
  private final @Nullable RetryPolicy policy;
  private final RetryCounts counts;
  private final List<TraceStep> trace = new ArrayList<>();

  Deliberation(RetrySettings settings, @Nullable RetryPolicy policy, RetryCounts counts) {
    this.settings = settings;
    this.policy = policy;
    this.counts = counts;
  }

  /** The same question with a trace of its own. */
  Deliberation copy() {
    return new Deliberation(settings, policy, counts);
  }

  void add(Deliberation other) {
    trace.addAll(other.trace);
  }

  boolean killSwitch() {
    if (settings.globalMaxRetries() == 0) {
      step("globalLimit", "globalMaxRetries is 0", "1 or more", false);
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
    step("globalLimit", granted + " retries granted", "fewer than " + cap, granted < cap);
    return granted < cap
        ? null
        : fail(
            DecisionReason.FAIL_GLOBAL_LIMIT,
            "global max retries exceeded (" + granted + "/" + cap + ")");
  }

  /** The index of the first rule that is asked and matches; -1 when there is none. */
  int firstMatch(List<RetryRule> rules, FailureSignals failure, Predicate<RetryRule> asked) {
    int passedOver = 0;
    int tried = 0;
    int match = -1;
    for (int i = 0; i < rules.size() && match < 0; i++) {
      RetryRule rule = rules.get(i);
      if (!asked.test(rule)) {
        passedOver++;
      } else if (tried < TRACED_RULES) {
        tried++;
        match = traced(rule, failure) ? i : -1;
      } else if (rule.matches(failure)) {
        sumUp(tried - TRACED_RULES, "further rules do not match");
        traced(rule, failure);
        match = i;
      } else {
        tried++;
      }
    }
    if (match < 0) {
      sumUp(tried - TRACED_RULES, "further rules do not match");
    }
    sumUp(passedOver, "rules do not name " + failure.kind().word());
    return match;
  }

  private void sumUp(int count, String what) {
    if (count > 0) {
      step("rules", count + " " + what, "", false);
    }
  }

  private boolean traced(RetryRule rule, FailureSignals failure) {
    boolean all = true;
    for (RetryMatcher matcher : rule.matchers()) {
      boolean holds = matcher.holds(failure);
      step(rule.name() + "." + matcher.key(), matcher.saw(failure), matcher.expected(), holds);
      all &= holds;
    }
    return all;
  }

  /** What the matched rule asks for, or the default action where the index is negative. */
  Decision byRuleOrDefault(RetryPolicy policy, int matched) {
    RetryRule rule = matched < 0 ? null : policy.rules().get(matched);
    RetryAction action = rule == null ? policy.defaultAction() : rule.action();
    String message =
        rule == null
            ? "no rule matched, using default action"
            : "matched rule: " + rule.action().word();
    step(
        rule == null ? "defaultAction" : rule.name() + ".action",
        action.word(),
        RetryAction.RETRY.word(),
        action == RetryAction.RETRY);
    if (action == RetryAction.FAIL) {
      DecisionReason reason = rule == null ? DecisionReason.FAIL_DEFAULT : DecisionReason.FAIL_RULE;
      return end(false, reason, message, rule, matched, Mutations.NONE);
    }
    int used = counts.retriesUsed();
    int limit = policy.retryLimit();
    step(
        "retryLimit",
        counts.failures() + " failures that count, less one: " + used + " retries used",
        "fewer than " + limit,
        used < limit);
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
    step("maxAttemptedRuns", attempted + " runs attempted", "fewer than " + max, attempted < max);
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
        trace);
  }

  private void step(String check, String value, String expected, boolean holds) {
    trace.add(new TraceStep(check, cut(value), cut(expected), holds));
  }

  private static String cut(String text) {
    if (text.length() <= TRACED_CHARS) {
      return text;
    }
    int end =
        Character.isHighSurrogate(text.charAt(TRACED_CHARS - 1)) ? TRACED_CHARS - 1 : TRACED_CHARS;
    return text.substring(0, end) + "…";
  }
}
