package io.faultline.rules.policy;

import io.faultline.domain.retry.RetryAction;
import io.faultline.domain.retry.RetryPolicy;
import io.faultline.domain.retry.RetryRule;
import io.faultline.rules.resource.ResourceHead;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a retry policy, ours or Armada's. */
public final class RetryPolicyReader {
  /** The word in {@code kind}. */
  public static final String KIND = "RetryPolicy";

  private static final List<String> KEYS =
      List.of("apiVersion", "kind", "name", "retryLimit", "defaultAction", "backoff", "rules");

  private RetryPolicyReader() {}

  /**
   * Reads the document of a policy.
   *
   * @throws RuleFileException where it is not one, with the place
   */
  public static RetryPolicy read(YamlNode document) {
    YamlMap map = document.map().only(KEYS);
    ResourceHead.check(map, KIND);
    return new RetryPolicy(
        ResourceHead.name(map),
        map.find("retryLimit").map(n -> (int) n.integer(0, Integer.MAX_VALUE)).orElse(0),
        action(map.require("defaultAction")),
        map.find("backoff").map(BackoffReader::read).orElse(null),
        rules(map.listOrEmpty("rules")));
  }

  static RetryAction action(YamlNode node) {
    return PeerWord.ACTION.read(node) == 0 ? RetryAction.FAIL : RetryAction.RETRY;
  }

  private static List<RetryRule> rules(List<YamlNode> nodes) {
    Set<String> names = new HashSet<>();
    List<RetryRule> rules = new ArrayList<>(nodes.size());
    for (YamlNode node : nodes) {
      RetryRule rule = RetryRuleReader.read(node, "rule-" + (rules.size() + 1));
      if (!names.add(rule.name())) {
        throw node.problem("the rule's name \"" + rule.name() + "\" is repeated");
      }
      rules.add(rule);
    }
    return rules;
  }
}
