package io.faultline.rules.jobset;

import io.faultline.domain.workload.ReplicatedJobSpec;
import io.faultline.rules.resource.ResourceHead;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.util.Optional;

/** Reads a replicated job of a set, and its template's metadata. */
final class ReplicatedJobReader {

  private static final int MOST = 100_000;

  private ReplicatedJobReader() {}

  static ReplicatedJobSpec read(YamlNode node) {
    YamlMap map = node.map();
    map.find("dependsOn").ifPresent(ReplicatedJobReader::dependsOn);
    map.only("name", "groupName", "replicas", "template", "dependsOn");
    YamlMap template = map.require("template").map().only("metadata", "spec");
    template.find("metadata").map(YamlNode::looseMap).ifPresent(Metadata::refuseExclusivePlacement);
    JobTemplate job = JobTemplate.read(template.require("spec"));
    return new ReplicatedJobSpec(
        ResourceHead.dnsLabel(map.require("name")),
        map.find("groupName").map(SetNames::dns1035).orElse("default"),
        atLeastOne(map.find("replicas")),
        job.pods(),
        job.limits(),
        job.podLabels(),
        job.podAnnotations(),
        job.podSpec());
  }

  private static void dependsOn(YamlNode node) {
    if (!node.list().isEmpty()) {
      throw Unsupported.problem(
          node, "dependsOn", "the jobs of a set start together; leave it out");
    }
  }

  /** A number of Jobs or of pods; 1 where it is absent. */
  static int atLeastOne(Optional<YamlNode> node) {
    return node.map(n -> (int) n.integer(1, MOST)).orElse(1);
  }
}
