package io.faultline.rules.policy;

import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.retry.Mutations;
import io.faultline.domain.retry.RetryAction;
import io.faultline.domain.retry.RetryMatcher;
import io.faultline.domain.retry.RetryPolicy;
import io.faultline.domain.retry.RetryRule;
import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Says what in a retry policy is hardly meant, or means something else in other systems. */
public final class RetryPolicyLint {
  private static final List<EvidenceKind> NO_FAILURES =
      List.of(EvidenceKind.PREEMPTED, EvidenceKind.LEASE_RETURNED);

  private RetryPolicyLint() {}

  /**
   * The warnings about a policy, in the order of the file.
   *
   * @throws RuleFileException where the document is no policy
   */
  public static List<LintWarning> of(YamlNode document) {
    RetryPolicy policy = RetryPolicyReader.read(document);
    YamlMap map = document.map();
    List<LintWarning> warnings = new ArrayList<>();
    if (map.find("retryLimit").isEmpty()) {
      warnings.add(
          LintWarning.at(
              document, "retryLimit is absent: this policy never retries; write 0 to mean it"));
    } else if (policy.retryLimit() == 0 && retries(policy)) {
      warnings.add(
          LintWarning.at(
              map.require("retryLimit"),
              "0 never retries, though something here asks to (in some versions of Armada 0 was"
                  + " unlimited)"));
    }
    Unreachable unreachable = new Unreachable();
    List<YamlNode> nodes = map.listOrEmpty("rules");
    for (int i = 0; i < nodes.size(); i++) {
      RetryRule rule = policy.rules().get(i);
      ofRule(nodes.get(i), rule, warnings);
      RetryRule before = unreachable.shadow(rule);
      if (before != null) {
        warnings.add(
            LintWarning.at(
                nodes.get(i),
                "never decides: whatever it matches, " + before.name() + " matches first"));
      }
    }
    return warnings.stream()
        .sorted(Comparator.comparing(LintWarning::line).thenComparing(LintWarning::column))
        .toList();
  }

  private static boolean retries(RetryPolicy policy) {
    return policy.defaultAction() == RetryAction.RETRY
        || policy.rules().stream().anyMatch(r -> r.action() == RetryAction.RETRY);
  }

  private static void ofRule(YamlNode node, RetryRule rule, List<LintWarning> warnings) {
    YamlMap map = node.map();
    if (rule.action() == RetryAction.FAIL && !rule.mutations().equals(Mutations.NONE)) {
      warnings.add(
          LintWarning.at(map.require("mutate"), "has no effect: the rule's action is Fail"));
    }
    for (RetryMatcher matcher : rule.matchers()) {
      if (matcher instanceof RetryMatcher.OnExitCodes codes
          && codes.in()
          && codes.values().contains(0)) {
        warnings.add(
            LintWarning.at(
                map.require("onExitCodes").map().require("values"),
                "0 never matches: a container that exits with 0 has not failed"));
      }
    }
  }

  /** Finds rules that an earlier one always forestalls. */
  private static final class Unreachable {
    private static final String ANY = "";

    /**
     * Earlier rules by their category, as a rule is only forestalled by one with its own or none.
     */
    private final Map<String, List<RetryRule>> earlier = new HashMap<>();

    /** The earlier rule that matches whenever this one does; null where there is none. */
    RetryRule shadow(RetryRule rule) {
      String category = category(rule);
      RetryRule found =
          IntStream.range(0, category.equals(ANY) ? 1 : 2)
              .mapToObj(i -> earlier.getOrDefault(i == 0 ? ANY : category, List.of()))
              .flatMap(List::stream)
              .filter(before -> forestalls(before, rule))
              .findFirst()
              .orElse(null);
      earlier.computeIfAbsent(category, c -> new ArrayList<>()).add(rule);
      return found;
    }

    private static String category(RetryRule rule) {
      return rule.matchers().get(0) instanceof RetryMatcher.OnCategory on ? on.category() : ANY;
    }

    private static boolean forestalls(RetryRule before, RetryRule rule) {
      return before.matchers().stream()
              .allMatch(wide -> rule.matchers().stream().anyMatch(narrow -> narrow.within(wide)))
          && NO_FAILURES.stream().allMatch(kind -> before.names(kind) || !rule.names(kind));
    }
  }
}
