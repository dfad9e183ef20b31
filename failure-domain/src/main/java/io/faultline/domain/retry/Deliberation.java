package io.faultline.domain.retry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One decision while it is made: each check adds to the trace, the last one ends it. */
final class Deliberation {

  /** A rule of a policy that matches. */
  record Match(RetryPolicy policy, int index) {
    RetryRule rule() {
      return policy.rules().get(index);
    }
  }

  private final RetrySettings settings;
  private final List<RetryPolicy> policies;
  private final RetryCounts counts;
  private final Trace trace;

  Deliberation(
      RetrySettings settings, List<RetryPolicy> policies, RetryCounts counts, Trace trace) {
    this.settings = settings;
    this.policies = settings.enabled() ? policies : List.of();
    this.counts = counts;
    this.trace = trace;
  }

  /** The same question with a trace of its own. */
  Deliberation copy() {
    return new Deliberation(settings, policies, counts, trace.another());
  }

  /** Whether a policy applies; else the legacy path is taken. */
  boolean anyPolicy() {
    return !policies.isEmpty();
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

  /** The decision where the failure's category says that another try can't help; else null. */
  @Nullable Decision fatal(FailureSignals failure) {
    if (!failure.context().fatal()) {
      return null;
    }
    trace.fatal(failure.category());
    return fail(
        DecisionReason.FAIL_FATAL, "category " + failure.category() + " is fatal: no try can help");
  }

  /** The first rule of the chain that is asked and matches; null when there is none. */
  @Nullable Match firstMatch(FailureSignals failure) {
    for (RetryPolicy policy : policies) {
      RetryRuleIndex rules = policy.rulesFor(failure.kind());
      trace.policy(policy, policies.size());
      int match = trace.firstMatch(rules, failure);
      if (match >= 0) {
        return new Match(policy, rules.place(match));
      }
    }
    return null;
  }

  /** What the first rule that matches asks for, or the default action of the last policy. */
  Decision byRuleOrDefault(FailureSignals failure) {
    Match match = firstMatch(failure);
    return match == null ? byDefault(failure) : byRule(match, failure);
  }

  private Decision byDefault(FailureSignals failure) {
    RetryPolicy policy = policies.get(policies.size() - 1);
    RetryAction action = policy.defaultAction();
    trace.action(null, action);
    Ruling ruling = new Ruling(policy, null, -1, RetryCounts.counts(failure.kind()));
    String message = "no rule matched, using default action";
    if (action == RetryAction.FAIL) {
      return ruling.refuse(DecisionReason.FAIL_DEFAULT, message);
    }
    return ruling.grantWithinPolicy(message);
  }

  /** What a rule that matches asks for. */
  Decision byRule(Match match, FailureSignals failure) {
    RetryRule rule = match.rule();
    trace.action(rule, rule.action());
    boolean counted = rule.budget().countsTowardLimit() && RetryCounts.counts(failure.kind());
    Ruling ruling = new Ruling(match.policy(), rule, match.index(), counted);
    String message = "matched rule: " + rule.action().word();
    if (rule.action() == RetryAction.FAIL) {
      return ruling.refuse(DecisionReason.FAIL_RULE, message);
    }
    Integer limit = rule.budget().retryLimit();
    if (limit != null) {
      int used = counts.by(match.policy().name(), rule.name());
      trace.ruleLimit(rule, used, limit);
      if (used >= limit) {
        return ruling.refuse(
            DecisionReason.FAIL_RULE_LIMIT,
            "rule retry limit exceeded (" + rule.name() + ": " + used + "/" + limit + ")");
      }
    }
    if (!rule.budget().countsTowardLimit()) {
      trace.outsideLimit(rule);
      return ruling.grant(message);
    }
    return ruling.grantWithinPolicy(message);
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
    return legacy(
        true,
        DecisionReason.LEASE_RETURNED,
        "lease returned, trying again (" + attempted + "/" + max + ")");
  }

  /** A preempted run that no rule names. */
  Decision preempted() {
    return fail(DecisionReason.PREEMPTED, "preempted, and no rule names preemption");
  }

  Decision fail(DecisionReason reason, String message) {
    return legacy(false, reason, message);
  }

  /** No rule has a say: of a chain, the first policy's budget is shown. */
  private Decision legacy(boolean retry, DecisionReason reason, String message) {
    RetryPolicy policy = policies.isEmpty() ? null : policies.get(0);
    return new Decision(
        retry,
        reason,
        message,
        policy != null && reason.byPolicy() ? policy.name() : "",
        null,
        "",
        counts.retriesUsed(),
        policy == null ? 0 : policy.retryLimit(),
        settings.globalMaxRetries(),
        true,
        null,
        Mutations.NONE,
        trace.steps());
  }

  /** What one rule, or the default action, of one policy says. */
  private final class Ruling {
    private final RetryPolicy policy;
    private final @Nullable RetryRule rule;
    private final int index;
    private final boolean counted;

    Ruling(RetryPolicy policy, @Nullable RetryRule rule, int index, boolean counted) {
      this.policy = policy;
      this.rule = rule;
      this.index = index;
      this.counted = counted;
    }

    Decision grantWithinPolicy(String message) {
      int used = counts.retriesUsed();
      int limit = policy.retryLimit();
      trace.retryLimit(counts, limit);
      return used < limit
          ? grant(message)
          : refuse(
              DecisionReason.FAIL_POLICY_LIMIT,
              "policy retry limit exceeded (" + used + "/" + limit + ")");
    }

    Decision grant(String message) {
      Backoff backoff = rule != null && rule.backoff() != null ? rule.backoff() : policy.backoff();
      int earlier = counts.by(policy.name(), ruleName());
      trace.backoff(backoff, earlier);
      return end(
          true,
          DecisionReason.RETRY,
          message,
          backoff == null ? null : new Decision.Pause(backoff, earlier),
          rule == null ? Mutations.NONE : rule.mutations());
    }

    Decision refuse(DecisionReason reason, String message) {
      return end(false, reason, message, null, Mutations.NONE);
    }

    private String ruleName() {
      return rule == null ? "" : rule.name();
    }

    private Decision end(
        boolean retry,
        DecisionReason reason,
        String message,
        Decision.@Nullable Pause pause,
        Mutations mutations) {
      return new Decision(
          retry,
          reason,
          message,
          policy.name(),
          rule == null ? null : index,
          ruleName(),
          counts.retriesUsed(),
          policy.retryLimit(),
          settings.globalMaxRetries(),
          counted,
          pause,
          mutations,
          trace.steps());
    }
  }
}
