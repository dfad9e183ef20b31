package io.faultline.rules.jobset;

import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.Map;

/** Refuses by name what Kubernetes and JobSet have and Faultline has not. */
final class Unsupported {

  private Unsupported() {}

  /**
   * Refuses every key of a table that has a value.
   *
   * @param why for each key, why it is not supported and what to do
   */
  static void refuse(YamlMap map, Map<String, String> why) {
    for (String key : map.keys()) {
      String reason = why.get(key);
      if (reason != null) {
        map.find(key)
            .ifPresent(
                node -> {
                  throw problem(node, key, reason);
                });
      }
    }
  }

  static RuleFileException problem(YamlNode node, String what, String why) {
    return node.problem(what + " is not supported: " + why);
  }
}
