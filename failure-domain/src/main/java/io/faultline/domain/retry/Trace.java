package io.faultline.domain.retry;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a decision comes about, in words; or nothing, where nobody wants to know. */
final class Trace {

  /**
   * How many rules that don't match are traced one by one; what follows is summed up, so that the
   * decision of a policy with thousands of rules still fits in a message.
   */
  static final int TRACED_RULES = 100;

  private final boolean kept;
  private final List<TraceStep> steps = new ArrayList<>();

  Trace(boolean kept) {
    this.kept = kept;
  }

  /** Another one, kept where this one is. */
  Trace another() {
    return new Trace(kept);
  }

  void add(Trace other) {
    steps.addAll(other.steps);
  }

  List<TraceStep> steps() {
    return steps;
  }

  void killSwitch() {
    if (kept) {
      step("globalLimit", "globalMaxRetries is 0", "1 or more", false);
    }
  }

  void globalLimit(int granted, int cap) {
    if (kept) {
      step("globalLimit", granted + " retries granted", "fewer than " + cap, granted < cap);
    }
  }

  void fatal(String category) {
    if (kept) {
      step("fatal", category, "a category that is not fatal", false);
    }
  }

  void policy(RetryPolicy policy, int of) {
    if (kept && of > 1) {
      step("policy", policy.name(), "a rule that matches", true);
    }
  }

  void ruleLimit(RetryRule rule, int used, int limit) {
    if (kept) {
      String value = used + " retries granted by it";
      step(rule.name() + ".retryLimit", value, "fewer than " + limit, used < limit);
    }
  }

  void outsideLimit(RetryRule rule) {
    if (kept) {
      step(rule.name() + ".countsTowardLimit", "false", "false: retryLimit is not asked", true);
    }
  }

  void backoff(@Nullable Backoff backoff, int earlier) {
    if (kept && backoff != null) {
      step("backoff", earlier + " earlier retries by it", backoff.text(), true);
    }
  }

  void attempts(int attempted, int max) {
    if (kept) {
      step("maxAttemptedRuns", attempted + " runs attempted", "fewer than " + max, attempted < max);
    }
  }

  void action(@Nullable RetryRule rule, RetryAction action) {
    if (kept) {
      String check = rule == null ? "defaultAction" : rule.name() + ".action";
      step(check, action.word(), RetryAction.RETRY.word(), action == RetryAction.RETRY);
    }
  }

  void retryLimit(RetryCounts counts, int limit) {
    if (kept) {
      int used = counts.retriesUsed();
      step(
          "retryLimit",
          counts.failures() + " failures that count, less one: " + used + " retries used",
          "fewer than " + limit,
          used < limit);
    }
  }

  /** The number of the first rule that matches; -1 where there is none. */
  int firstMatch(RetryRuleIndex rules, FailureSignals failure) {
    PatternIndex.Found found = rules.patternsIn(failure);
    if (!kept) {
      return rules.firstMatch(failure, found, 0);
    }
    int match = ask(rules, failure, found);
    sumUp(rules.passedOver(match), "rules do not name " + failure.kind().word());
    return match;
  }

  private int ask(RetryRuleIndex rules, FailureSignals failure, PatternIndex.Found found) {
    int few = Math.min(rules.size(), TRACED_RULES);
    for (int i = 0; i < few; i++) {
      if (ask(rules.questions(i), failure, found)) {
        return i;
      }
    }
    int match = rules.firstMatch(failure, found, few);
    sumUp((match < 0 ? rules.size() : match) - few, "further rules do not match");
    if (match >= 0) {
      ask(rules.questions(match), failure, found);
    }
    return match;
  }

  private boolean ask(
      List<RetryRuleIndex.Question> questions, FailureSignals failure, PatternIndex.Found found) {
    boolean all = true;
    for (RetryRuleIndex.Question question : questions) {
      Expression.Answer answer = question.answer(failure, found);
      step(question.check(), answer.saw(), question.expected(), answer.holds());
      all &= answer.holds();
    }
    return all;
  }

  private void sumUp(int count, String what) {
    if (count > 0) {
      step("rules", count + " " + what, "", false);
    }
  }

  private void step(String check, String value, String expected, boolean holds) {
    steps.add(new TraceStep(check, TraceStep.cut(value), expected, holds));
  }
}
