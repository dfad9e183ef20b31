package io.faultline.rules.resource;

import io.faultline.domain.classify.Categories;
import io.faultline.domain.classify.Category;
import io.faultline.domain.classify.Rule;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.domain.resource.QueueDefinition;
import io.faultline.domain.retry.RetryMatcher;
import io.faultline.domain.retry.RetryPolicy;
import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.lint.NearestWord;
import io.faultline.rules.resource.TakenTogether.Written;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which categories and subcategories a policy can ever see. */
final class MadeCategories {
  private final Map<String, Set<String>> subcategories = new TreeMap<>();

  private MadeCategories() {}

  /** Those of the sets of all queues that use the policy; of all sets where none uses it. */
  static MadeCategories by(TakenTogether all, ResourcesLint.Around around, String policy) {
    Set<String> sets = new TreeSet<>();
    for (Written<QueueDefinition> queue : all.queues().values()) {
      if (uses(queue.value(), around, policy)) {
        sets.add(queue.value().categories());
      }
    }
    MadeCategories made = new MadeCategories();
    made.add("internal", Stream.of(InternalCause.values()).map(InternalCause::subcategory));
    boolean known = !sets.isEmpty() && all.categories().keySet().containsAll(sets);
    all.categories()
        .forEach(
            (name, categories) -> {
              if (!known || sets.contains(name)) {
                made.add(categories.value());
              }
            });
    return made;
  }

  private static boolean uses(QueueDefinition queue, ResourcesLint.Around around, String policy) {
    return queue.retryPolicies().isEmpty()
        ? around.defaultPolicy().equals(policy)
        : queue.retryPolicies().contains(policy) || queue.shadowPolicy().equals(policy);
  }

  private void add(Categories categories) {
    if (!categories.defaultCategory().isEmpty()) {
      add(categories.defaultCategory(), Stream.of(categories.defaultSubcategory()));
    }
    for (Category category : categories.categories()) {
      add(category.name(), category.rules().stream().map(Rule::subcategory));
    }
  }

  private void add(String category, Stream<String> of) {
    Set<String> known = subcategories.computeIfAbsent(category, name -> new TreeSet<>());
    of.filter(subcategory -> !subcategory.isEmpty()).forEach(known::add);
  }

  /** Warns of rules that ask for others. */
  void check(Written<RetryPolicy> policy, List<LintWarning> warnings) {
    List<YamlNode> nodes = policy.node().map().listOrEmpty("rules");
    for (int i = 0; i < nodes.size(); i++) {
      YamlMap map = nodes.get(i).map();
      for (RetryMatcher matcher : policy.value().rules().get(i).matchers()) {
        if (matcher instanceof RetryMatcher.OnCategory on) {
          if (!subcategories.containsKey(on.category())) {
            warnings.add(never(map.require(matcher.key()), "category", subcategories.keySet()));
            break;
          }
        } else if (matcher instanceof RetryMatcher.OnSubcategory on) {
          Set<String> known = subcategories.get(map.require("onCategory").text());
          if (!known.contains(on.subcategory())) {
            warnings.add(never(map.require(matcher.key()), "subcategory of it", known));
          }
        }
      }
    }
  }

  private static LintWarning never(YamlNode node, String what, Set<String> known) {
    return LintWarning.at(
        node,
        "never matches: no "
            + what
            + " is named "
            + node.shown()
            + NearestWord.to(node.text(), known)
                .map(near -> " (did you mean " + near + "?)")
                .orElse("")
            + (known.isEmpty() ? "; there is none" : "; there are: " + String.join(", ", known)));
  }
}
