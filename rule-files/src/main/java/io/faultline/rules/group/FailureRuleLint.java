package io.faultline.rules.group;

import io.faultline.domain.group.FailurePolicyRule;
import io.faultline.domain.pattern.Re2Pattern;
import io.faultline.rules.lint.EveryText;
import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what in one rule of a failure policy is hardly meant. */
final class FailureRuleLint {
  private final FailurePolicyRule rule;
  private final YamlNode node;
  private final YamlMap map;
  private final List<LintWarning> warnings;

  FailureRuleLint(FailurePolicyRule rule, YamlNode node, List<LintWarning> warnings) {
    this.rule = rule;
    this.node = node;
    this.map = node.map();
    this.warnings = warnings;
  }

  /** Whether it decides about whatever no rule before it does. */
  static boolean asksNothing(FailurePolicyRule rule) {
    return rule.targets().isEmpty() && asksNothingOfTheFailure(rule);
  }

  private static boolean asksNothingOfTheFailure(FailurePolicyRule rule) {
    return rule.reasons().isEmpty()
        && rule.categories().isEmpty()
        && (rule.messages().isEmpty() || anyMessage(rule));
  }

  private static boolean anyMessage(FailurePolicyRule rule) {
    return rule.messages().stream().anyMatch(FailureRuleLint::everyMessage);
  }

  /** The empty one too, as messages here may be empty. */
  private static boolean everyMessage(Re2Pattern pattern) {
    return EveryText.matches(pattern) && pattern.find("");
  }

  void check(List<FailurePolicyRule> before, PossibleReasons possible) {
    before.stream()
        .filter(this::isForestalledBy)
        .findFirst()
        .ifPresent(
            earlier ->
                warn(
                    node,
                    "never decides: whatever it matches, "
                        + earlier.name()
                        + " matches first; move it up, or delete it"));
    map.listOrEmpty("onJobFailureMessagePatterns").stream()
        .filter(pattern -> EveryText.matches(pattern.pattern()))
        .forEach(
            pattern ->
                warn(
                    pattern,
                    pattern.shown() + " matches every message; leave it out, or give it a word"));
    if (asksNothingOfTheFailure(rule) && rule.action().restarts() && !rule.action().counts()) {
      warn(
          map.require("action"),
          "asks nothing of the failure and uses no restarts: a bug in the code starts again for"
              + " ever; give it a reason, a message or a category");
    }
    reasons(possible);
  }

  private void reasons(PossibleReasons possible) {
    for (YamlNode each : map.listOrEmpty("onJobFailureReasons")) {
      possible
          .missing(FailurePolicyRuleReader.reason(each), rule.targets())
          .ifPresent(
              missing ->
                  warn(
                      each,
                      each.shown() + " never comes about: no job this is for has " + missing));
    }
  }

  private boolean isForestalledBy(FailurePolicyRule before) {
    return within(rule.reasons(), before.reasons())
        && within(rule.targets(), before.targets())
        && within(rule.categories(), before.categories())
        && (anyMessage(before) || within(texts(rule), texts(before)));
  }

  private static Set<String> texts(FailurePolicyRule rule) {
    return rule.messages().stream().map(Re2Pattern::source).collect(Collectors.toSet());
  }

  /** Whether what a list allows is allowed by a wider one; an empty list allows all. */
  private static <T> boolean within(Collection<T> narrow, Collection<T> wide) {
    return wide.isEmpty() || (!narrow.isEmpty() && wide.containsAll(narrow));
  }

  private void warn(YamlNode at, String message) {
    warnings.add(LintWarning.at(at, message));
  }
}
