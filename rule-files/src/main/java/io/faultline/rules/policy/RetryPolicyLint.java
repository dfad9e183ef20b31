package io.faultline.rules.policy;

import io.faultline.domain.retry.RetryAction;
import io.faultline.domain.retry.RetryPolicy;
import io.faultline.domain.retry.RetryRule;
import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Says what in a retry policy is hardly meant, or means something else in other systems. */
public final class RetryPolicyLint {
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
    map.find("backoff")
        .ifPresent(n -> RetryRuleLint.backoff(n, policy.backoff(), policy.retryLimit(), warnings));
    Forestalled forestalled = new Forestalled();
    List<YamlNode> nodes = map.listOrEmpty("rules");
    for (int i = 0; i < nodes.size(); i++) {
      RetryRule rule = policy.rules().get(i);
      YamlNode node = nodes.get(i);
      new RetryRuleLint(policy, rule, node, warnings).check();
      forestalled
          .by(policy.name(), rule)
          .ifPresent(
              before ->
                  warnings.add(
                      LintWarning.at(
                          node,
                          "never decides: whatever it matches, "
                              + before.rule().name()
                              + " matches first; move it up, or delete it")));
    }
    return warnings.stream()
        .sorted(Comparator.comparing(LintWarning::line).thenComparing(LintWarning::column))
        .toList();
  }

  private static boolean retries(RetryPolicy policy) {
    return policy.defaultAction() == RetryAction.RETRY
        || policy.rules().stream().anyMatch(r -> r.action() == RetryAction.RETRY);
  }
}
