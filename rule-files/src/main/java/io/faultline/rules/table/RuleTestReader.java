package io.faultline.rules.table;

import io.faultline.domain.classify.Categories;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.domain.retry.RetryPolicy;
import io.faultline.rules.categories.CategoriesLint;
import io.faultline.rules.categories.CategoriesReader;
import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.policy.RetryPolicyLint;
import io.faultline.rules.policy.RetryPolicyReader;
import io.faultline.rules.policy.RuleNames;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a table test of rules. */
public final class RuleTestReader {
  /** The key by which such a file is known. */
  public static final String CASES = "cases";

  private static final String CATEGORIES = "categories";
  private static final String POLICY = "policy";

  private RuleTestReader() {}

  /**
   * Reads a test and all files that it names.
   *
   * @param files the files beside it
   * @throws RuleFileException where it, or a file that it names, is refused, with the place there;
   *     a file that can't be read is refused with the place that names it
   */
  public static RuleTest read(YamlFile file, NamedFiles files) {
    YamlNode document = file.single();
    List<WrittenCase> cases = cases(document);
    YamlMap map = document.map();
    List<RetryPolicy> policies =
        map.find(POLICY).map(node -> policies(node, files)).orElse(List.of());
    RuleNames rules = new RuleNames(policies);
    return new RuleTest(
        file.name(),
        map.find(CATEGORIES).map(node -> categories(files.resource(node, ResourceKind.CATEGORIES))),
        policies,
        cases.stream().map(written -> written.load(files, rules)).toList());
  }

  /** One policy, or the list of a queue. */
  private static List<RetryPolicy> policies(YamlNode node, NamedFiles files) {
    List<RetryPolicy> policies = new ArrayList<>();
    for (YamlNode each : chain(node)) {
      RetryPolicy policy = RetryPolicyReader.read(files.resource(each, ResourceKind.RETRY_POLICY));
      if (policies.stream().anyMatch(other -> other.name().equals(policy.name()))) {
        throw each.problem("the policy \"" + policy.name() + "\" is repeated");
      }
      policies.add(policy);
    }
    return policies;
  }

  private static List<YamlNode> chain(YamlNode node) {
    if (node.type() != YamlNode.Type.LIST) {
      return List.of(node);
    }
    if (node.list().isEmpty()) {
      throw node.problem("at least one policy is expected");
    }
    return node.list();
  }

  private static Categories categories(YamlNode document) {
    Categories categories = CategoriesReader.read(document);
    if (!categories.enabled()) {
      CategoriesLint.of(document); // what the reader passes over is refused as lint refuses it
    }
    return categories;
  }

  /**
   * What is hardly meant in the categories and the policy that stand in the test itself. No other
   * file is read.
   *
   * @throws RuleFileException where the test is refused by itself
   */
  public static List<LintWarning> lint(YamlNode document) {
    cases(document);
    List<LintWarning> warnings = new ArrayList<>();
    YamlMap map = document.map();
    map.find(CATEGORIES)
        .filter(RuleTestReader::inline)
        .map(CategoriesLint::of)
        .ifPresent(warnings::addAll);
    map.find(POLICY).map(RuleTestReader::chain).orElse(List.of()).stream()
        .filter(RuleTestReader::inline)
        .map(RetryPolicyLint::of)
        .forEach(warnings::addAll);
    return warnings;
  }

  private static boolean inline(YamlNode node) {
    return node.type() != YamlNode.Type.TEXT;
  }

  private static List<WrittenCase> cases(YamlNode document) {
    YamlMap map = document.map().only(CATEGORIES, POLICY, CASES);
    Set<ResourceKind> judges = EnumSet.noneOf(ResourceKind.class);
    map.find(CATEGORIES).ifPresent(node -> judges.add(ResourceKind.CATEGORIES));
    map.find(POLICY).ifPresent(node -> judges.add(ResourceKind.RETRY_POLICY));
    if (judges.isEmpty()) {
      throw document.problem("nothing is tested: categories, policy or both are expected");
    }
    YamlNode written = map.require(CASES);
    if (written.list().isEmpty()) {
      throw written.problem("at least one case is expected");
    }
    List<WrittenCase> cases = written.list(node -> WrittenCase.read(node, judges));
    Map<String, WrittenCase> names = new HashMap<>();
    for (WrittenCase each : cases) {
      WrittenCase first = names.putIfAbsent(each.name(), each);
      if (first != null) {
        throw each.node()
            .map()
            .require("name")
            .problem("the name is repeated; line " + first.node().line() + " has it too");
      }
    }
    return cases;
  }
}
