package io.faultline.rules.group;

import io.faultline.domain.group.JobFailureReason;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which reasons the jobs of a manifest can fail with at all, by what their templates have. */
final class PossibleReasons {

  /** What a Job needs to fail with a reason; by default it can run out of tries. */
  private static final Map<JobFailureReason, String> NEEDS =
      Map.of(
          JobFailureReason.DEADLINE_EXCEEDED, "activeDeadlineSeconds",
          JobFailureReason.FAILED_INDEXES, "backoffLimitPerIndex",
          JobFailureReason.MAX_FAILED_INDEXES_EXCEEDED, "maxFailedIndexes",
          JobFailureReason.POD_FAILURE_POLICY, "podFailurePolicy");

  /** The specs of the Jobs by the names of their replicated jobs, where they are written. */
  private final Map<String, YamlMap> specs;

  private final boolean known;

  private PossibleReasons(Map<String, YamlMap> specs, boolean known) {
    this.specs = specs;
    this.known = known;
  }

  static PossibleReasons of(PolicyDocument document) {
    Map<String, YamlMap> specs = new HashMap<>();
    for (YamlNode node : document.jobs()) {
      YamlMap job = node.looseMap();
      spec(job).ifPresent(spec -> specs.put(job.require("name").text(), spec));
    }
    List<YamlNode> jobs = document.jobs();
    return new PossibleReasons(specs, !jobs.isEmpty() && specs.size() == jobs.size());
  }

  private static Optional<YamlMap> spec(YamlMap job) {
    return job.find("template")
        .flatMap(template -> template.looseMap().find("spec"))
        .map(YamlNode::looseMap);
  }

  /**
   * The key that all the targets lack to fail with a reason; empty where one has it, or where that
   * isn't known.
   *
   * @param targets names of replicated jobs; empty for all
   */
  Optional<String> missing(JobFailureReason reason, Set<String> targets) {
    String key = NEEDS.get(reason);
    boolean possible =
        !known
            || key == null
            || specs.entrySet().stream()
                .filter(job -> targets.isEmpty() || targets.contains(job.getKey()))
                .anyMatch(job -> job.getValue().find(key).isPresent());
    return possible ? Optional.empty() : Optional.of(key);
  }
}
