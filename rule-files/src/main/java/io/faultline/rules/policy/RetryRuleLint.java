package io.faultline.rules.policy;

import io.faultline.domain.pattern.Re2Pattern;
import io.faultline.domain.retry.Backoff;
import io.faultline.domain.retry.RetryAction;
import io.faultline.domain.retry.RetryMatcher;
import io.faultline.domain.retry.RetryPolicy;
import io.faultline.domain.retry.RetryRule;
import io.faultline.rules.cel.CelExpression;
import io.faultline.rules.lint.EveryText;
import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.yaml.GoDuration;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.List;

/** Says what in one rule of a policy is hardly meant. */
final class RetryRuleLint {
  private static final List<String> OF_RETRIES =
      List.of("mutate", "backoff", "retryLimit", "countsTowardLimit");

  private final RetryPolicy policy;
  private final RetryRule rule;
  private final YamlMap map;
  private final List<LintWarning> warnings;

  RetryRuleLint(RetryPolicy policy, RetryRule rule, YamlNode node, List<LintWarning> warnings) {
    this.policy = policy;
    this.rule = rule;
    this.map = node.map();
    this.warnings = warnings;
  }

  void check() {
    if (rule.action() == RetryAction.FAIL) {
      OF_RETRIES.forEach(
          key -> map.find(key).ifPresent(n -> warn(n, "has no effect: the rule's action is Fail")));
    } else {
      limits();
      map.find("backoff").ifPresent(n -> backoff(n, rule.backoff(), mostRetries()));
    }
    rule.matchers().forEach(this::matcher);
  }

  /** A longest wait that is written but comes before the retries end is never waited for. */
  private void backoff(YamlNode node, Backoff backoff, int retries) {
    backoff(node, backoff, retries, warnings);
  }

  static void backoff(YamlNode node, Backoff backoff, int retries, List<LintWarning> warnings) {
    node.map()
        .find("max")
        .filter(max -> retries > 0 && retries < Integer.MAX_VALUE)
        .filter(max -> longest(backoff, retries) < backoff.max().toMillis())
        .ifPresent(
            max ->
                warnings.add(
                    LintWarning.at(
                        max,
                        "is never reached: the last of "
                            + retries
                            + (retries == 1 ? " retry waits " : " retries waits ")
                            + GoDuration.text(backoff.plain(retries - 1))
                            + "; leave max out, or start longer")));
  }

  private static double longest(Backoff backoff, int retries) {
    return backoff.plain(retries - 1).toMillis() * (1 + backoff.jitter());
  }

  /** By this rule, in a job that fails for nothing else; the cap over all policies apart. */
  private int mostRetries() {
    Integer own = rule.budget().retryLimit();
    int ofPolicy = rule.budget().countsTowardLimit() ? policy.retryLimit() : Integer.MAX_VALUE;
    return own == null ? ofPolicy : Math.min(own, ofPolicy);
  }

  private void limits() {
    Integer own = rule.budget().retryLimit();
    if (own == null) {
      map.find("countsTowardLimit")
          .filter(n -> !rule.budget().countsTowardLimit())
          .ifPresent(
              n ->
                  warn(
                      n,
                      "false without a retryLimit of its own: only the cap over all policies ends"
                          + " these retries; give the rule a retryLimit"));
    } else if (own == 0) {
      warn(map.require("retryLimit"), "0 never retries, though the action is Retry; make it Fail");
    } else if (rule.budget().countsTowardLimit() && own > policy.retryLimit()) {
      warn(
          map.require("retryLimit"),
          own
              + " is never reached: the policy's retryLimit is "
              + policy.retryLimit()
              + "; lower it, or write countsTowardLimit: false");
    }
  }

  private void matcher(RetryMatcher matcher) {
    if (matcher instanceof RetryMatcher.OnExitCodes codes) {
      if (codes.in() && codes.values().contains(0)) {
        warn(
            map.require("onExitCodes").map().require("values"),
            "0 never matches: a container that exits with 0 has not failed");
      }
    } else if (matcher instanceof RetryMatcher.OnTerminationMessage on) {
      pattern(matcher, on.pattern());
    } else if (matcher instanceof RetryMatcher.OnPodError on) {
      pattern(matcher, on.pattern());
    } else if (matcher instanceof RetryMatcher.When when
        && when.expression() instanceof CelExpression expression
        && expression.constant()) {
      warn(
          map.require(matcher.key()),
          "asks nothing of a failure: it "
              + (expression.alwaysHolds() ? "always" : "never")
              + " holds");
    }
  }

  private void pattern(RetryMatcher matcher, Re2Pattern pattern) {
    if (EveryText.matches(pattern)) {
      YamlNode node = map.require(matcher.key());
      warn(
          node, node.shown() + " matches every text that is not empty; give it a word to look for");
    }
  }

  private void warn(YamlNode node, String message) {
    warnings.add(LintWarning.at(node, message));
  }
}
