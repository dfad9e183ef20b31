package io.faultline.rules.group;

import io.faultline.domain.group.FailurePolicy;
import io.faultline.domain.group.FailurePolicyRule;
import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says what in the failure policy of a set is hardly meant. */
public final class FailurePolicyLint {

  private FailurePolicyLint() {}

  /**
   * The warnings about a policy, in the order of the file; none where a document says that it has
   * none.
   *
   * @throws RuleFileException where the document is refused
   */
  public static List<LintWarning> of(YamlNode document) {
    PolicyDocument written = PolicyDocument.of(document);
    if (written.policy().isEmpty()) {
      return List.of();
    }
    YamlNode node = written.policy().get();
    FailurePolicy policy = FailurePolicyReader.read(node, written.shape());
    PossibleReasons possible = PossibleReasons.of(written);
    List<LintWarning> warnings = new ArrayList<>();
    maxRestarts(node, policy, warnings);
    List<YamlNode> nodes = node.map().listOrEmpty("rules");
    for (int i = 0; i < nodes.size(); i++) {
      new FailureRuleLint(policy.rules().get(i), nodes.get(i), warnings)
          .check(policy.rules().subList(0, i), possible);
    }
    return warnings.stream()
        .sorted(Comparator.comparing(LintWarning::line).thenComparing(LintWarning::column))
        .toList();
  }

  private static void maxRestarts(YamlNode node, FailurePolicy policy, List<LintWarning> warnings) {
    YamlMap map = node.map();
    Optional<FailurePolicyRule> last =
        policy.rules().stream().filter(FailureRuleLint::asksNothing).findFirst();
    List<FailurePolicyRule> decide =
        policy
            .rules()
            .subList(
                0,
                last.map(rule -> policy.rules().indexOf(rule) + 1).orElse(policy.rules().size()));
    boolean counts = last.isEmpty() || decide.stream().anyMatch(rule -> rule.action().counts());
    if (!counts) {
      map.find("maxRestarts")
          .filter(n -> policy.maxRestarts() > 0)
          .ifPresent(
              n ->
                  warnings.add(
                      LintWarning.at(
                          n,
                          policy.maxRestarts()
                              + " is never reached: no restart counts, as "
                              + last.get().name()
                              + " decides whatever is left")));
    } else if (map.find("maxRestarts").isEmpty()) {
      warnings.add(
          LintWarning.at(
              node,
              "maxRestarts is absent: a restart that counts, as the one where no rule matches,"
                  + " fails the set instead; write 0 to mean it"));
    } else if (policy.maxRestarts() == 0) {
      decide.stream()
          .filter(rule -> rule.action().counts())
          .findFirst()
          .ifPresent(
              rule ->
                  warnings.add(
                      LintWarning.at(
                          map.require("maxRestarts"),
                          "0 grants no restart that counts, though "
                              + rule.name()
                              + " asks for one: where it matches, the set fails")));
    }
  }
}
