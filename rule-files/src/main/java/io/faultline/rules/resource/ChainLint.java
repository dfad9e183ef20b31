package io.faultline.rules.resource;

import io.faultline.domain.retry.RetryAction;
import io.faultline.domain.retry.RetryPolicy;
import io.faultline.domain.retry.RetryRule;
import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.policy.Forestalled;
import io.faultline.rules.resource.TakenTogether.Written;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what in the policies of one queue, which are asked in turn, has no effect. */
final class ChainLint {
  private final String queue;
  private final List<LintWarning> warnings;
  private final Forestalled forestalled = new Forestalled();

  private ChainLint(String queue, List<LintWarning> warnings) {
    this.queue = queue;
    this.warnings = warnings;
  }

  /**
   * Adds the warnings.
   *
   * @param named where the queue names each policy
   */
  static void of(
      String queue,
      List<YamlNode> named,
      List<Written<RetryPolicy>> policies,
      List<LintWarning> warnings) {
    ChainLint lint = new ChainLint(queue, warnings);
    for (int i = 0; i < policies.size(); i++) {
      lint.policy(named.get(i), policies.get(i));
      if (i < policies.size() - 1) {
        lint.notLast(named.get(i), policies.get(i).value());
      }
    }
  }

  private void policy(YamlNode named, Written<RetryPolicy> written) {
    RetryPolicy policy = written.value();
    List<YamlNode> nodes = written.node().map().listOrEmpty("rules");
    List<LintWarning> ofRules = new ArrayList<>();
    int without = 0;
    for (int i = 0; i < nodes.size(); i++) {
      RetryRule rule = policy.rules().get(i);
      Optional<Forestalled.Earlier> before = forestalled.by(policy.name(), rule);
      without += before.isPresent() ? 1 : 0;
      YamlNode node = nodes.get(i);
      before
          .filter(earlier -> !earlier.policy().equals(policy.name()))
          .ifPresent(earlier -> ofRules.add(LintWarning.at(node, never(earlier))));
    }
    if (!ofRules.isEmpty() && without == nodes.size()) {
      warnings.add(
          LintWarning.at(
              named,
              "no rule of "
                  + policy.name()
                  + " ever decides here: whatever one matches, a rule before it matches first;"
                  + " leave the policy out, or name it earlier"));
    } else {
      warnings.addAll(ofRules);
    }
  }

  private String never(Forestalled.Earlier earlier) {
    return "never decides in queue "
        + queue
        + ": whatever it matches, "
        + earlier.rule().name()
        + " of "
        + earlier.policy()
        + ", which is asked before, matches first; name this policy earlier, or delete the rule";
  }

  private void notLast(YamlNode named, RetryPolicy policy) {
    if (policy.rules().isEmpty()) {
      warnings.add(
          LintWarning.at(
              named,
              policy.name() + " never decides here: it has no rules, and it is not the last"));
    } else if (policy.defaultAction() == RetryAction.RETRY) {
      warnings.add(
          LintWarning.at(
              named,
              "defaultAction of "
                  + policy.name()
                  + ", Retry, has no effect here: of several policies only the last one's is"
                  + " taken"));
    }
  }
}
