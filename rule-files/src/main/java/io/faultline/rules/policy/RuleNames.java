package io.faultline.rules.policy;

import io.faultline.domain.retry.RetryCounts;
import io.faultline.domain.retry.RetryPolicy;
import io.faultline.domain.retry.RetryRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of a chain of policies as people name them: by the rule's name, or by policy and rule,
 * {@code policy/rule}; {@link #DEFAULT} is the default action of the last policy.
 */
public final class RuleNames {

  /** Names the default action. */
  public static final String DEFAULT = "defaultAction";

  private final Map<String, String> keys = new LinkedHashMap<>();

  /** Of a name that several policies have, the first one is meant. */
  public RuleNames(List<RetryPolicy> policies) {
    for (RetryPolicy policy : policies) {
      for (RetryRule rule : policy.rules()) {
        String key = RetryCounts.key(policy.name(), rule.name());
        keys.putIfAbsent(rule.name(), key);
        keys.put(key, key);
      }
    }
    if (!policies.isEmpty()) {
      RetryPolicy last = policies.get(policies.size() - 1);
      keys.putIfAbsent(DEFAULT, RetryCounts.key(last.name(), ""));
    }
  }

  /** The key by which retries of a rule are counted; empty where there is no such rule. */
  public Optional<String> key(String name) {
    return Optional.ofNullable(keys.get(name));
  }

  /** What is allowed, for messages. */
  public String allowed() {
    return String.join(", ", keys.keySet().stream().filter(name -> !name.contains("/")).toList());
  }
}
