package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.faultline.domain.group.FailurePolicy;
import io.faultline.domain.group.GroupShape;
import io.faultline.rules.group.FailurePolicyReader;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The failure policy of a set of others: that of its annotation, which may ask for more than
 * JobSet's own can, else the manifest's.
 *
 * @param policy null for none
 * @param problem why it is not the one that was asked for; may be empty
 */
record OtherPolicy(@Nullable FailurePolicy policy, String problem) {

  private static final OtherPolicy NONE = new OtherPolicy(null, "");

  /** Of a JobSet. */
  static OtherPolicy of(
      GenericKubernetesResource set, GroupShape shape, KubernetesSerialization json) {
    if (!text(set).isEmpty()) {
      OtherPolicy annotated = annotated(set, shape);
      if (annotated.problem.isEmpty()) {
        return annotated;
      }
      OtherPolicy own = manifests(set, shape, json);
      String taken = annotated.problem + "; the JobSet's own is taken";
      return new OtherPolicy(
          own.policy, own.problem.isEmpty() ? taken : taken + "; " + own.problem);
    }
    return manifests(set, shape, json);
  }

  /** That of the annotation alone. */
  static OtherPolicy annotated(HasMetadata of, GroupShape shape) {
    String text = text(of);
    if (text.isEmpty()) {
      return NONE;
    }
    try {
      var document = YamlFile.read("annotation " + OtherSets.POLICY, text).single();
      return new OtherPolicy(FailurePolicyReader.document(document, shape).orElse(null), "");
    } catch (RuleFileException e) {
      return new OtherPolicy(null, "a failure policy can't be read: " + e.getMessage());
    }
  }

  private static String text(HasMetadata of) {
    return PodMarks.annotation(of, OtherSets.POLICY).orElse("").strip();
  }

  /** In which way jobs are made again makes no difference to what is decided. */
  private static OtherPolicy manifests(
      GenericKubernetesResource set, GroupShape shape, KubernetesSerialization json) {
    Object own = set.get("spec", "failurePolicy");
    if (!(own instanceof Map<?, ?> map)) {
      return NONE;
    }
    Map<Object, Object> decides = new LinkedHashMap<>(map);
    decides.remove("restartStrategy");
    try {
      var document = YamlFile.read("spec.failurePolicy", json.asJson(decides)).single();
      return new OtherPolicy(FailurePolicyReader.read(document, Optional.of(shape)), "");
    } catch (RuleFileException e) {
      return new OtherPolicy(null, "a failure policy can't be read: " + e.getMessage());
    }
  }
}
