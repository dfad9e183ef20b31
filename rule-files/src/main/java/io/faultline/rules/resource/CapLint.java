package io.faultline.rules.resource;

import io.faultline.domain.retry.RetryPolicy;
import io.faultline.domain.retry.RetryRule;
import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.resource.TakenTogether.Written;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.List;

/** Warns of limits that the cap over all policies ends before they are reached. */
final class CapLint {

  private CapLint() {}

  static void of(Written<RetryPolicy> policy, int cap, List<LintWarning> warnings) {
    if (cap == 0) { // the kill switch, which says nothing of policies
      return;
    }
    YamlMap map = policy.node().map();
    if (policy.value().retryLimit() > cap) {
      warn(map.require("retryLimit"), policy.value().retryLimit(), cap, warnings);
    }
    List<YamlNode> rules = map.listOrEmpty("rules");
    for (int i = 0; i < rules.size(); i++) {
      RetryRule.Budget budget = policy.value().rules().get(i).budget();
      Integer own = budget.retryLimit();
      if (own != null && own > cap && !budget.countsTowardLimit()) {
        warn(rules.get(i).map().require("retryLimit"), own, cap, warnings);
      }
    }
  }

  private static void warn(YamlNode node, int limit, int cap, List<LintWarning> warnings) {
    warnings.add(
        LintWarning.at(
            node,
            limit
                + " is never reached: retryPolicy.globalMaxRetries, the cap over all policies, is "
                + cap
                + "; lower the limit, or raise the cap"));
  }
}
