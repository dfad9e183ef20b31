package io.faultline.rules.jobset;

import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The metadata of Kubernetes objects, as far as they mean something here. */
final class Metadata {

  private static final String EXCLUSIVE = "alpha.jobset.sigs.k8s.io/exclusive-topology";

  private Metadata() {}

  /** Labels or annotations. */
  static Map<String, String> texts(YamlMap metadata, String key) {
    Map<String, String> texts = new HashMap<>();
    metadata
        .find(key)
        .map(YamlNode::map)
        .ifPresent(map -> map.keys().forEach(k -> texts.put(k, map.textOrEmpty(k))));
    return texts;
  }

  /** JobSet places the pods of a Job by it; to read past it would place them anywhere. */
  static void refuseExclusivePlacement(YamlMap metadata) {
    Optional<YamlNode> wanted =
        metadata.find("annotations").map(YamlNode::looseMap).flatMap(map -> map.find(EXCLUSIVE));
    if (wanted.isPresent()) {
      throw Unsupported.problem(
          wanted.get(), "exclusive placement", "use affinity in the pod template instead");
    }
  }
}
