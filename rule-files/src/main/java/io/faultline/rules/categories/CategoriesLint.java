package io.faultline.rules.categories;

import io.faultline.domain.classify.Rule;
import io.faultline.domain.classify.matcher.Condition;
import io.faultline.domain.classify.matcher.Matcher;
import io.faultline.domain.classify.matcher.OnConditions;
import io.faultline.domain.classify.matcher.OnExitCodes;
import io.faultline.domain.classify.matcher.OnPodError;
import io.faultline.domain.classify.matcher.OnPodEvents;
import io.faultline.domain.classify.matcher.OnTerminationMessage;
import io.faultline.domain.pattern.Re2Pattern;
import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says what in a file of categories is hardly meant. A file that is not enabled is judged too. */
public final class CategoriesLint {
  private final List<LintWarning> warnings = new ArrayList<>();
  private final Reached reached = new Reached();

  private CategoriesLint() {}

  /**
   * The warnings about a file in any of its forms, in the order of the file.
   *
   * @throws RuleFileException where it is refused, or would be if it were enabled
   */
  public static List<LintWarning> of(YamlNode node) {
    YamlNode document = CategoriesForms.document(node);
    CategoriesReader.judged(document);
    CategoriesLint lint = new CategoriesLint();
    lint.document(document);
    return lint.warnings.stream()
        .sorted(Comparator.comparing(LintWarning::line).thenComparing(LintWarning::column))
        .toList();
  }

  private void document(YamlNode document) {
    if (document.type() == YamlNode.Type.LIST) {
      document.list().forEach(node -> category(node.map()));
      return;
    }
    YamlMap map = document.map();
    if (map.find("enabled").isEmpty()) {
      warn(document, "enabled is absent, which is false: no failure gets a category");
    } else if (!CategoriesReader.enabled(document)) {
      warn(map.require("enabled"), "enabled is false: no failure gets a category");
    }
    map.listOrEmpty("categories").forEach(node -> category(node.map()));
  }

  private void category(YamlMap category) {
    if (category.require("name").text().equals("internal")) {
      warn(
          category.require("name"),
          "internal is also the category of what the system itself finds");
    }
    category.listOrEmpty("rules").forEach(this::rule);
  }

  private void rule(YamlNode node) {
    YamlMap map = node.map();
    Rule rule = RuleReader.rule(node);
    YamlNode asked = map.require(RuleReader.matcherKey(map));
    scope(map, rule.matcher());
    if (rule.matcher() instanceof OnExitCodes codes
        && codes.operator() == OnExitCodes.Operator.IN
        && codes.values().contains(0)) {
      warn(
          asked.map().require("values"),
          "0 never matches: a container that exits with 0 has not failed");
    }
    pattern(rule.matcher()).ifPresent(pattern -> pattern(asked, pattern));
    reached
        .before(rule.matcher(), node.line())
        .ifPresent(
            line ->
                warn(
                    node,
                    "never decides: whatever it matches, the rules up to line "
                        + line
                        + " match first"));
  }

  private void scope(YamlMap rule, Matcher matcher) {
    boolean ignored =
        matcher instanceof OnPodError
            || matcher instanceof OnPodEvents
            || (matcher instanceof OnConditions on
                && !on.conditions().contains(Condition.OOM_KILLED));
    rule.find("containerName")
        .filter(name -> ignored)
        .ifPresent(name -> warn(name, "has no effect: what this rule asks is of the pod"));
  }

  private void pattern(YamlNode asked, Re2Pattern pattern) {
    YamlMap map = asked.map();
    YamlNode node = map.find("pattern").orElseGet(() -> map.require("regexp"));
    if (pattern.source().isEmpty()) {
      warn(node, "the empty pattern matches every text that is not empty");
    } else if (pattern.literals().isEmpty()) {
      warn(
          node,
          node.shown()
              + " needs no certain text, so it costs a pass of its own over every message; give it"
              + " a word that must be there");
    }
  }

  private static Optional<Re2Pattern> pattern(Matcher matcher) {
    if (matcher instanceof OnTerminationMessage on) {
      return Optional.of(on.pattern());
    }
    if (matcher instanceof OnPodError on) {
      return Optional.of(on.pattern());
    }
    return matcher instanceof OnPodEvents on ? Optional.of(on.message()) : Optional.empty();
  }

  private void warn(YamlNode node, String message) {
    warnings.add(LintWarning.at(node, message));
  }
}
