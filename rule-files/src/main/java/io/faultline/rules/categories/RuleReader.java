package io.faultline.rules.categories;

import io.faultline.domain.classify.Names;
import io.faultline.domain.classify.Rule;
import io.faultline.domain.classify.matcher.Condition;
import io.faultline.domain.classify.matcher.ContainerScope;
import io.faultline.domain.classify.matcher.Matcher;
import io.faultline.domain.classify.matcher.OnConditions;
import io.faultline.domain.classify.matcher.OnExitCodes;
import io.faultline.domain.classify.matcher.OnPodError;
import io.faultline.domain.classify.matcher.OnPodEvents;
import io.faultline.domain.classify.matcher.OnTerminationMessage;
import io.faultline.domain.pattern.Re2Pattern;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the rules of a category. A matcher is one line in {@link #MATCHERS}. */
final class RuleReader {

  /** Makes a matcher of what stands under its key. */
  private interface MatcherReader {
    Matcher read(YamlNode node, ContainerScope scope);
  }

  private static final Map<String, MatcherReader> MATCHERS = new LinkedHashMap<>();

  static {
    MATCHERS.put("onConditions", RuleReader::onConditions);
    MATCHERS.put("onExitCodes", RuleReader::onExitCodes);
    MATCHERS.put("onTerminationMessage", RuleReader::onTerminationMessage);
    MATCHERS.put("onPodError", (node, scope) -> new OnPodError(patternOnly(node)));
    MATCHERS.put("onPodEvents", (node, scope) -> onPodEvents(node));
  }

  private static final List<String> KEYS = new ArrayList<>(MATCHERS.keySet());

  static {
    KEYS.addAll(List.of("containerName", "subcategory", "hint"));
  }

  private RuleReader() {}

  static List<Rule> rules(YamlMap category) {
    List<YamlNode> rules = category.listOrEmpty("rules");
    if (rules.isEmpty()) {
      throw category
          .find("rules")
          .orElse(category.node())
          .problem("a category needs at least one rule under the key \"rules\"");
    }
    return rules.stream().map(RuleReader::rule).toList();
  }

  static Rule rule(YamlNode node) {
    YamlMap map = node.map().only(KEYS);
    return new Rule(matcher(map), CategoriesReader.shortName("subcategory", map), hint(map));
  }

  /** The key of the only matcher of a rule. */
  static String matcherKey(YamlMap rule) {
    List<String> found =
        MATCHERS.keySet().stream()
            .filter(key -> rule.find(key).filter(RuleReader::counts).isPresent())
            .toList();
    if (found.size() != 1) {
      throw rule.node()
          .problem(
              "a rule needs exactly one matcher, and here "
                  + (found.isEmpty() ? "is none" : "are " + String.join(" and ", found))
                  + "; allowed: "
                  + String.join(", ", MATCHERS.keySet()));
    }
    return found.get(0);
  }

  /** An empty list of conditions is no matcher. */
  private static boolean counts(YamlNode node) {
    return node.type() != YamlNode.Type.LIST || !node.list().isEmpty();
  }

  private static Matcher matcher(YamlMap rule) {
    String key = matcherKey(rule);
    ContainerScope scope = new ContainerScope(rule.textOrEmpty("containerName"));
    return MATCHERS.get(key).read(rule.require(key), scope);
  }

  private static Matcher onConditions(YamlNode node, ContainerScope scope) {
    return new OnConditions(
        scope,
        Set.copyOf(
            node.list(n -> n.word("condition", List.of(Condition.values()), Condition::word))));
  }

  private static Matcher onExitCodes(YamlNode node, ContainerScope scope) {
    YamlMap map = node.map().only("operator", "values");
    OnExitCodes.Operator operator =
        map.require("operator")
            .word("operator", List.of(OnExitCodes.Operator.values()), OnExitCodes.Operator::word);
    List<Integer> values = map.require("values").list(YamlNode::int32);
    if (values.isEmpty()) {
      throw map.require("values").problem("onExitCodes needs at least one value");
    }
    return new OnExitCodes(scope, operator, Set.copyOf(values));
  }

  private static Matcher onTerminationMessage(YamlNode node, ContainerScope scope) {
    return new OnTerminationMessage(scope, patternOnly(node));
  }

  private static Matcher onPodEvents(YamlNode node) {
    YamlMap map = node.map().only("regexp", "reason", "type");
    return new OnPodEvents(
        map.require("type").word("event type", List.of("Normal", "Warning"), t -> t),
        map.textOrEmpty("reason"),
        map.require("regexp").pattern());
  }

  private static Re2Pattern patternOnly(YamlNode node) {
    return node.map().only("pattern").require("pattern").pattern();
  }

  private static String hint(YamlMap map) {
    String hint = map.textOrEmpty("hint");
    try {
      Names.refuseNul("hint", hint);
    } catch (IllegalArgumentException e) {
      throw map.require("hint").problem(e.getMessage());
    }
    return hint;
  }
}
