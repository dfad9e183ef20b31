package io.faultline.rules.group;

import io.faultline.domain.group.GroupShape;
import io.faultline.domain.group.ReplicatedJob;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A document with the failure policy of a set.
 *
 * @param policy the policy itself; empty where the document says that there is none
 * @param shape the set's jobs, where the document has them
 * @param jobs the replicated jobs' nodes
 */
record PolicyDocument(Optional<YamlNode> policy, Optional<GroupShape> shape, List<YamlNode> jobs) {

  static PolicyDocument of(YamlNode document) {
    if (document.isNull()) {
      throw document.problem(
          "a failure policy is expected, not null; where there is none write failurePolicy: null");
    }
    YamlMap map = document.looseMap();
    if (map.find("kind").isPresent() || map.find("spec").isPresent()) {
      return manifest(map);
    }
    if (map.written(FailurePolicyReader.POLICY).isPresent()) {
      document.map().only(FailurePolicyReader.POLICY);
      return new PolicyDocument(map.find(FailurePolicyReader.POLICY), Optional.empty(), List.of());
    }
    return new PolicyDocument(Optional.of(document), Optional.empty(), List.of());
  }

  private static PolicyDocument manifest(YamlMap map) {
    map.find("apiVersion")
        .ifPresent(n -> n.word("apiVersion", List.of(FailurePolicyReader.API_VERSION), v -> v));
    map.find("kind").ifPresent(n -> n.word("kind", List.of(FailurePolicyReader.KIND), k -> k));
    YamlMap spec = map.require("spec").looseMap();
    Optional<YamlNode> jobs = spec.find("replicatedJobs");
    return new PolicyDocument(
        spec.find(FailurePolicyReader.POLICY),
        jobs.map(PolicyDocument::shape),
        jobs.map(YamlNode::list).orElse(List.of()));
  }

  private static GroupShape shape(YamlNode list) {
    return shape(list, YamlNode::looseMap);
  }

  /** Reads {@code replicatedJobs}; {@code replicas} is 1 where it is absent, as in JobSet. */
  static GroupShape shape(YamlNode list, Function<YamlNode, YamlMap> map) {
    Set<String> names = new HashSet<>();
    List<ReplicatedJob> jobs = new ArrayList<>();
    for (YamlNode node : list.list()) {
      YamlMap job = map.apply(node);
      YamlNode name = job.require("name");
      if (name.text().isEmpty()) {
        throw name.problem("a name is expected, not \"\"");
      }
      if (!names.add(name.text())) {
        throw name.problem("the replicated job's name " + name.shown() + " is repeated");
      }
      jobs.add(
          new ReplicatedJob(
              name.text(),
              job.find("replicas").map(n -> (int) n.integer(0, Integer.MAX_VALUE)).orElse(1)));
    }
    return new GroupShape(jobs);
  }
}
