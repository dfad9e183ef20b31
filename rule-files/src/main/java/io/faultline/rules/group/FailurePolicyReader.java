package io.faultline.rules.group;

import io.faultline.domain.group.FailurePolicy;
import io.faultline.domain.group.FailurePolicyRule;
import io.faultline.domain.group.GroupShape;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the failure policy of a set: JobSet's {@code spec.failurePolicy}, in its manifest, under
 * the key {@code failurePolicy}, or by itself.
 */
public final class FailurePolicyReader {
  /** The word in {@code kind} of a manifest that has a policy. */
  public static final String KIND = "JobSet";

  /** What {@code apiVersion} of such a manifest is. */
  public static final String API_VERSION = "jobset.x-k8s.io/v1alpha2";

  static final String POLICY = "failurePolicy";

  private static final List<String> STRATEGIES = List.of("Recreate", "BlockingRecreate");

  private FailurePolicyReader() {}

  /** Whether a document without {@code kind} is a failure policy, by its keys. */
  public static boolean isPolicy(YamlMap document) {
    return List.of(POLICY, "maxRestarts", "restartStrategy", "spec").stream()
            .anyMatch(key -> document.written(key).isPresent())
        || (document.written("rules").isPresent() && document.written("name").isEmpty());
  }

  /**
   * Reads a document that has a policy for a set that is known from elsewhere. Of a manifest
   * everything but the policy and the names and replicas of its jobs is read past.
   *
   * @param shape the set's jobs, which the policy must fit, as it must those of its own manifest
   * @return empty where the document says that there is none
   * @throws RuleFileException where it is refused, with the place
   */
  public static Optional<FailurePolicy> document(YamlNode document, GroupShape shape) {
    PolicyDocument found = PolicyDocument.of(document);
    if (found.policy().isPresent() && found.shape().isPresent()) {
      read(found.policy().get(), found.shape());
    }
    return found.policy().map(policy -> read(policy, Optional.of(shape)));
  }

  /**
   * Reads a policy.
   *
   * @param policy the map with {@code maxRestarts} and {@code rules}
   * @param shape the set's jobs, where they are known: then targets must be among them
   * @throws RuleFileException where it is refused, with the place
   */
  public static FailurePolicy read(YamlNode policy, Optional<GroupShape> shape) {
    YamlMap map = policy.map().only("maxRestarts", "restartStrategy", "rules");
    map.find("restartStrategy").ifPresent(n -> n.word("restartStrategy", STRATEGIES, s -> s));
    return new FailurePolicy(
        map.find("maxRestarts").map(n -> (int) n.integer(0, Integer.MAX_VALUE)).orElse(0),
        rules(map.listOrEmpty("rules"), shape));
  }

  private static List<FailurePolicyRule> rules(List<YamlNode> nodes, Optional<GroupShape> shape) {
    Set<String> names = new HashSet<>();
    List<FailurePolicyRule> rules = new ArrayList<>(nodes.size());
    for (YamlNode node : nodes) {
      FailurePolicyRule rule =
          FailurePolicyRuleReader.read(node, "failurePolicyRule" + rules.size(), shape);
      if (!names.add(rule.name())) {
        throw node.problem("the rule's name \"" + rule.name() + "\" is repeated");
      }
      rules.add(rule);
    }
    return rules;
  }
}
