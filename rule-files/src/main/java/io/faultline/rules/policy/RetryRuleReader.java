package io.faultline.rules.policy;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.pattern.Re2Pattern;
import io.faultline.domain.retry.Expression;
import io.faultline.domain.retry.Mutations;
import io.faultline.domain.retry.RetryAction;
import io.faultline.domain.retry.RetryCondition;
import io.faultline.domain.retry.RetryMatcher;
import io.faultline.domain.retry.RetryRule;
import io.faultline.rules.cel.BadExpressionException;
import io.faultline.rules.cel.CelExpression;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Reads one rule of a retry policy. The matchers come in the order of what they cost. */
final class RetryRuleReader {
  static final String MATCHERS =
      "onCategory, onKinds, onConditions, onExitCodes, onTerminationMessagePattern, onPodError,"
          + " when";

  private static final int LONGEST_NAME = 63;

  private RetryRuleReader() {}

  static RetryRule read(YamlNode node, String defaultName) {
    YamlMap map =
        node.map()
            .only(
                "name",
                "action",
                "onCategory",
                "onSubcategory",
                "onConditions",
                "onExitCodes",
                "onTerminationMessagePattern",
                "onPodError",
                "onKinds",
                "when",
                "retryLimit",
                "countsTowardLimit",
                "backoff",
                "mutate");
    RetryAction action = RetryPolicyReader.action(map.require("action"));
    List<RetryMatcher> matchers = matchers(map);
    if (matchers.isEmpty()) {
      throw node.problem("a rule needs at least one matcher; allowed: " + MATCHERS);
    }
    return new RetryRule(
        map.find("name").map(RetryRuleReader::name).orElse(defaultName),
        action,
        matchers,
        budget(map),
        map.find("backoff").map(BackoffReader::read).orElse(null),
        map.find("mutate").map(MutationsReader::read).orElse(Mutations.NONE));
  }

  private static RetryRule.Budget budget(YamlMap map) {
    return new RetryRule.Budget(
        map.find("retryLimit").map(n -> (int) n.integer(0, Integer.MAX_VALUE)).orElse(null),
        map.find("countsTowardLimit").map(YamlNode::bool).orElse(true));
  }

  private static String name(YamlNode node) {
    String name = notEmpty(node);
    if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
      throw node.problem(
          "a rule's name has at most "
              + LONGEST_NAME
              + " characters on one line, not "
              + node.shown());
    }
    return name;
  }

  private static List<RetryMatcher> matchers(YamlMap map) {
    List<RetryMatcher> matchers = new ArrayList<>();
    map.find("onCategory")
        .map(n -> new RetryMatcher.OnCategory(notEmpty(n)))
        .ifPresent(matchers::add);
    map.find("onSubcategory")
        .map(
            n -> {
              if (matchers.isEmpty()) {
                throw n.problem("onSubcategory is only allowed with onCategory");
              }
              return new RetryMatcher.OnSubcategory(notEmpty(n));
            })
        .ifPresent(matchers::add);
    map.find("onKinds")
        .map(n -> words(n, "kind", List.of(EvidenceKind.values()), EvidenceKind::word))
        .map(RetryMatcher.OnKinds::new)
        .ifPresent(matchers::add);
    map.find("onConditions")
        .map(n -> words(n, "condition", List.of(RetryCondition.values()), RetryCondition::word))
        .filter(words -> !words.isEmpty())
        .map(RetryMatcher.OnConditions::new)
        .ifPresent(matchers::add);
    map.find("onExitCodes").map(RetryRuleReader::exitCodes).ifPresent(matchers::add);
    map.find("onTerminationMessagePattern")
        .map(n -> new RetryMatcher.OnTerminationMessage(pattern(n)))
        .ifPresent(matchers::add);
    map.find("onPodError")
        .map(n -> new RetryMatcher.OnPodError(pattern(n)))
        .ifPresent(matchers::add);
    map.find("when").map(n -> new RetryMatcher.When(expression(n))).ifPresent(matchers::add);
    return matchers;
  }

  private static <T> Set<T> words(
      YamlNode node, String what, List<T> values, Function<T, String> word) {
    return new HashSet<>(node.list(item -> item.word(what, values, word)));
  }

  private static RetryMatcher exitCodes(YamlNode node) {
    YamlMap map = node.map().only("operator", "values");
    boolean in = PeerWord.OPERATOR.read(map.require("operator")) == 0;
    YamlNode values = map.require("values");
    if (values.list().isEmpty()) {
      throw values.problem("at least one exit code is expected");
    }
    return new RetryMatcher.OnExitCodes(in, new HashSet<>(values.list(YamlNode::int32)));
  }

  private static String notEmpty(YamlNode node) {
    String text = node.text();
    if (text.isEmpty()) {
      throw node.problem("text is expected, not \"\"; leave the key out where it does not matter");
    }
    return text;
  }

  private static Expression expression(YamlNode node) {
    try {
      return CelExpression.compile(notEmpty(node));
    } catch (BadExpressionException e) {
      throw node.problem(e.getMessage());
    }
  }

  private static Re2Pattern pattern(YamlNode node) {
    notEmpty(node);
    return node.pattern();
  }
}
